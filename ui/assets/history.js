// The tab remembers which conversation is open, so that a reload opens it again; another tab has
// its own. The page asks for it with REMEMBERED_CONVERSATION.
let open = "";
watch("value", () => {
  const now = element.querySelector(".history")?.dataset.current ?? "";
  if (now) sessionStorage.setItem("tanya-conversation", now);
  else if (open) sessionStorage.removeItem("tanya-conversation"); // not before the page asked
  open = now;
});
// On a narrow window the list lies over the chat: choosing a conversation closes it.
element.addEventListener("click", (event) => {
  const narrow = !window.matchMedia("(min-width: 1180px)").matches;
  if (narrow && event.target.closest('[data-action="reopen"]')) {
    document.body.dataset.history = "closed";
  }
});
element.addEventListener("keydown", (event) => {
  const narrow = !window.matchMedia("(min-width: 1180px)").matches;
  if (event.key !== "Escape" || !narrow) return;
  document.body.dataset.history = "closed";
  document.querySelector('[data-action="history"]')?.focus();
});
