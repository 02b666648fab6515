const stored = localStorage.getItem("tanya-dark");
if (stored) document.body.classList.toggle("dark", stored === "yes");
const wide = window.matchMedia("(min-width: 1180px)");
document.body.dataset.history = wide.matches ? "open" : "closed";

function nameLanguage() {
  const head = element.querySelector(".page-head");
  if (head) document.documentElement.lang = head.dataset.language;
  const view = document.body.dataset.view;
  const button = view && element.querySelector(`[data-action="view"][data-view="${view}"]`);
  if (button) doneHere.view(button, button.dataset);
}
nameLanguage();
watch("value", nameLanguage);

// Gradio tells of a lost connection in English only; its words are swapped for ours.
const sayItOurWay = () => {
  const lost = element.querySelector(".page-head")?.dataset.connectionLost;
  for (const part of document.querySelectorAll(".toast-wrap *")) {
    const told = part.childElementCount === 0 ? part.textContent.trim() : "";
    if (lost && told.startsWith("Connection to the server was lost")) part.textContent = lost;
  }
};
const container = document.querySelector(".gradio-container");
new MutationObserver(sayItOurWay).observe(container, { childList: true, subtree: true });

// Whose session has ended (taken out of the list of users, or changed in it) signs in again; Gradio
// itself would leave the page as it is, with "Error" on every part of it.
const { fetch } = window;
window.fetch = async (...request) => {
  const response = await fetch(...request);
  if (response.status === 401) window.location.reload();
  return response;
};
