// The list is written anew as work goes on; whoever is on a button of it stays there.
let focused = null;
element.addEventListener("focusin", (event) => {
  focused = event.target.closest("[data-job]")?.dataset.job ?? null;
});
element.addEventListener("focusout", (event) => {
  if (event.relatedTarget) focused = null;
});
watch("value", () => {
  if (focused && document.activeElement === document.body) {
    element.querySelector(`[data-job="${CSS.escape(focused)}"]`)?.focus();
  }
});
