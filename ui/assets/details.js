// The details of another document get the focus, as do those that are written anew under someone
// who was in them; closing gives it back to the document's row.
let inside = false;
element.addEventListener("focusin", () => (inside = true));
element.addEventListener("focusout", (event) => {
  if (event.relatedTarget) inside = element.contains(event.relatedTarget);
});
let shown = "";
watch("value", () => {
  const now = element.querySelector(".document-details")?.dataset.document ?? "";
  if (now === shown) {
    // The form may be taken out of the page only after this.
    const back = () =>
      inside && document.activeElement === document.body && element.querySelector("h2")?.focus();
    return setTimeout(back, 50);
  }
  const before = shown;
  shown = now;
  if (now) element.querySelector("h2").focus();
  else {
    const row = `[data-action="inspect"][data-document="${CSS.escape(before)}"]`;
    document.querySelector(row)?.focus();
  }
});
// On the whole page: what a change has drawn anew has lost the focus.
document.addEventListener("keydown", (event) => {
  const shut = element.querySelector('[data-action="shut"]');
  if (event.key === "Escape" && shut?.offsetParent) shut.click();
});
