// Every control on the pages is a button with data-action. What the server must do is sent to it
// as an event of that name with the button's other data-* values; the rest is done here.
const sentToServer = [
  "ask", "without", "edit", "picture", "brief", "judge", "reopen", "forget", "open", "close",
  "language", "sort", "filter", "turn", "cancel", "dismiss", "remove", "inspect", "shut", "again", "erase", "correct",
  "uncorrect", "original",
];

function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  // Plain http on a local network has no clipboard API.
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  return Promise.resolve();
}

function copyAndSay(button, data, text) {
  copyText(text).then(() => {
    button.textContent = data.copied;
    setTimeout(() => (button.textContent = data.label), 2000);
  });
}

const doneHere = {
  copy(button, data) {
    copyAndSay(button, data, data.copy);
  },
  link(button, data) {
    copyAndSay(button, data, new URL(data.link, window.location.href).href);
  },
  save(button, data) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data.text], { type: "text/csv;charset=utf-8" }));
    link.download = data.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  },
  view(button, data) {
    document.body.dataset.view = data.view;
    for (const other of element.querySelectorAll('[data-action="view"]')) {
      if (other === button) other.setAttribute("aria-current", "page");
      else other.removeAttribute("aria-current");
    }
  },
  history() {
    const { dataset } = document.body;
    dataset.history = dataset.history === "open" ? "closed" : "open";
  },
  dark() {
    const dark = document.body.classList.toggle("dark");
    localStorage.setItem("tanya-dark", dark ? "yes" : "no");
  },
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (!button || !element.contains(button)) return;
  const { action, ...data } = button.dataset;
  if (data.confirm && !window.confirm(data.confirm)) return;
  if (doneHere[action]) doneHere[action](button, data);
  else if (sentToServer.includes(action)) {
    if (action === "open" && !button.closest("#source-panel")) {
      document.querySelectorAll(".opened").forEach((other) => other.classList.remove("opened"));
      button.classList.add("opened");
    }
    trigger(action, data);
  }
});
// So does a choice in a list, with what was chosen.
element.addEventListener("change", (event) => {
  const { change, ...data } = event.target.dataset;
  if (change) trigger(change, { ...data, value: event.target.value });
});
// A form tells the server what its fields hold, as one event named in data-submit.
element.addEventListener("submit", (event) => {
  event.preventDefault();
  const { submit, ...data } = event.target.dataset;
  trigger(submit, { ...data, ...Object.fromEntries(new FormData(event.target)) });
});
