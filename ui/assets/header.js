const stored = localStorage.getItem("tanya-dark");
if (stored) document.body.classList.toggle("dark", stored === "yes");

function nameLanguage() {
  const head = element.querySelector(".page-head");
  if (head) document.documentElement.lang = head.dataset.language;
}
nameLanguage();
watch("value", nameLanguage);

// Gradio tells of a lost connection in English only; its words are swapped for ours.
const toasts = document.querySelector(".toast-wrap");
const sayItOurWay = () => {
  const lost = element.querySelector(".page-head")?.dataset.connectionLost;
  for (const text of toasts.querySelectorAll(".toast-text")) {
    if (lost && text.textContent.startsWith("Connection to the server was lost")) {
      text.textContent = lost;
    }
  }
};
if (toasts) new MutationObserver(sayItOurWay).observe(toasts, { childList: true, subtree: true });
