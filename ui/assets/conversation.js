// A new question comes to the top of the view, and again when its answer is there.
let seen = "";
watch("value", () => {
  const turns = element.querySelectorAll(".turn");
  const newest = turns[turns.length - 1];
  const now = `${turns.length} ${newest?.getAttribute("aria-busy")}`;
  if (newest && seen !== now) newest.scrollIntoView({ block: "start", behavior: "smooth" });
  seen = now;
  hideTip();
  keepPlace();
});

// An answer is written anew as it grows: whoever is on a control of it stays there, and the marker
// whose source is open stays marked, so that closing the source leads back to it.
const naming = ["action", "marker", "document", "start", "end", "turn", "question", "key"];
let focused = null;
let opened = null;
function nameOf(control) {
  const turns = [...element.querySelectorAll(".turn")];
  const named = naming.map((name) => control.dataset[name]);
  return JSON.stringify([turns.indexOf(control.closest(".turn")), control.textContent, ...named]);
}
function controlNamed(name) {
  return [...element.querySelectorAll("[data-action]")].find((one) => nameOf(one) === name);
}
function keepPlace() {
  if (opened && !element.querySelector(".opened")) controlNamed(opened)?.classList.add("opened");
  if (!focused || document.activeElement !== document.body) return;
  controlNamed(focused)?.focus({ preventScroll: true });
}
element.addEventListener("focusin", (event) => {
  const control = event.target.closest("[data-action]");
  focused = control && nameOf(control);
});
element.addEventListener("focusout", (event) => {
  if (event.relatedTarget) focused = null;
});
element.addEventListener("click", (event) => {
  const opener = event.target.closest('[data-action="open"]');
  if (opener) opened = nameOf(opener);
});

// One tooltip for all markers, filled as text from the marker's own data.
const tip = document.createElement("div");
tip.className = "citation-tip";
tip.id = "citation-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.querySelector(".gradio-container").append(tip);

function showTip(marker) {
  const line = (className, text) => {
    const part = document.createElement("div");
    part.className = className;
    part.textContent = text;
    return part;
  };
  tip.replaceChildren(
    line("tip-quote", marker.dataset.quote),
    line("tip-title", marker.dataset.title),
    line("tip-about", marker.dataset.about),
  );
  tip.hidden = false;
  marker.setAttribute("aria-describedby", tip.id);
  const at = marker.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left - 24), window.innerWidth - size.width - 8);
  const above = at.top - size.height - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : at.bottom + 8}px`;
}
function hideTip() {
  tip.hidden = true;
}
const markerOf = (event) => event.target.closest?.(".citation");
element.addEventListener("mouseover", (event) => markerOf(event) && showTip(markerOf(event)));
element.addEventListener("focusin", (event) => {
  if (markerOf(event)?.matches(":focus-visible")) showTip(markerOf(event));
});
for (const leaving of ["mouseout", "focusout", "click"]) element.addEventListener(leaving, hideTip);
document.addEventListener("keydown", (event) => event.key === "Escape" && hideTip());
document.addEventListener("scroll", hideTip, true);
