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
