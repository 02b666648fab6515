// The list is written anew as work goes on; whoever is on a button of it stays there, or goes to
// the next where theirs is gone.
let focused = null;
element.addEventListener("focusin", (event) => {
  focused = event.target.closest("[data-job]")?.dataset.job ?? null;
});
element.addEventListener("focusout", (event) => {
  if (event.relatedTarget) focused = null;
});
watch("value", () => {
  if (focused && document.activeElement === document.body) {
    const same = element.querySelector(`[data-job="${CSS.escape(focused)}"]`);
    const next = element.querySelector("[data-job]") ?? document.querySelector("#upload-frame input");
    (same ?? next)?.focus();
  }
});
