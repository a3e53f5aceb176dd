// Forms of nodes: a bar above each text in Markdown, a warning before unsaved changes are left, and what is typed beside
// a radio button chooses it. All of it is an extra: the text is what one can type, too.

// Through the browser's own editing, so that undo takes it back. Where a browser has given that up, the text is right
// all the same.
const write = (text, from, to, piece) => {
  text.setSelectionRange(from, to);
  // The one way that keeps undo; where a browser has given it up, the text is right all the same.
  if (!document.execCommand("insertText", false, piece)) text.setRangeText(piece, from, to, "end");
};

const chosen = (text) => text.value.slice(text.selectionStart, text.selectionEnd);

// Around the words of each line that is chosen, without the spaces at its ends: the sign counts at words only.
function bold(text) {
  const { selectionStart: from, selectionEnd: to, value } = text;
  if (value.slice(from - 2, from) === "**" && value.slice(to, to + 2) === "**") {
    write(text, from - 2, to + 2, value.slice(from, to));
    text.setSelectionRange(from - 2, to - 2);
    return;
  }
  if (from === to) {
    write(text, from, to, "****");
    text.setSelectionRange(from + 2, from + 2);
    return;
  }
  const isBold = /^\s*\*\*[^\n]*\*\*\s*$/.test(chosen(text));
  const piece = isBold
    ? chosen(text).replace(/\*\*/g, "")
    : chosen(text).replace(/^([ \t]*)(\S.*?)([ \t]*)$/gm, "$1**$2**$3");
  write(text, from, to, piece);
  const [before, after] = isBold || piece.includes("\n") ? [0, 0] : [piece.indexOf("**") + 2, piece.length - piece.lastIndexOf("**")];
  text.setSelectionRange(from + before, from + piece.length - after);
}

// Each line that is touched becomes an entry; where all are entries, they are lines again.
function list(text) {
  const { value } = text;
  const from = value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const end = value.indexOf("\n", text.selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const areEntries = lines.every((line) => line.startsWith("- ") || (!line.trim() && lines.length > 1));
  const marked = lines.map((line) =>
    areEntries ? line.replace(/^- /, "") : line.startsWith("- ") || (!line.trim() && lines.length > 1) ? line : `- ${line}`,
  );
  const piece = marked.join("\n");
  write(text, from, to, piece);
  const isOneEntry = lines.length === 1;
  text.setSelectionRange(isOneEntry ? from + piece.length : from, from + piece.length);
}

// What is chosen is the text of the link, or its address; the other one is chosen then, to be typed over.
function link(text, words) {
  const { selectionStart: from, selectionEnd: to } = text;
  const picked = chosen(text).trim();
  const isAddress = /^(https?:\/\/|mailto:|\/)\S+$/.test(picked);
  const [label, address] = isAddress ? [words.link, picked] : [picked || words.link, "https://"];
  write(text, from, to, `[${label}](${address})`);
  const start = isAddress || !picked ? from + 1 : from + label.length + 3;
  text.setSelectionRange(start, start + (isAddress || !picked ? label : address).length);
}

// One stop of the Tab key, as bars have it; the arrow keys go along its buttons.
function walk(event) {
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.children];
  const next = (buttons.indexOf(document.activeElement) + steps[event.key] + buttons.length) % buttons.length;
  for (const [at, button] of buttons.entries()) button.tabIndex = at === next ? 0 : -1;
  buttons[next].focus();
}

// How the text will look, beside it or below.
function preview(text, box) {
  return async () => {
    const body = new FormData();
    body.set("text", text.value);
    body.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
    const response = await fetch("/verwaltung/textvorschau/", { method: "POST", body });
    box.innerHTML = response.ok ? await response.text() : text.dataset.failed;
    box.hidden = false;
  };
}

function put(bar, words, does) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.textContent = words;
  button.tabIndex = bar.children.length ? -1 : 0;
  button.addEventListener("click", does);
  bar.append(button);
  return button;
}

for (const text of document.querySelectorAll("textarea[data-markdown]")) {
  const words = text.dataset;
  const label = document.querySelector(`label[for="${text.id}"]`)?.textContent.replace(/:\s*$/, "") ?? "";
  const bar = document.createElement("div");
  const box = document.createElement("div");
  bar.className = "text-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `${words.bar}: ${label}`);
  bar.setAttribute("aria-controls", text.id);
  bar.addEventListener("keydown", walk);
  for (const [name, action] of Object.entries({ bold, list, link })) {
    put(bar, words[name], () => {
      text.focus();
      action(text, words);
    });
  }
  put(bar, words.markdown, preview(text, box)).setAttribute("aria-label", `${words.markdown}: ${label}`);
  box.className = "preview-box prose";
  box.setAttribute("role", "status");
  box.hidden = true;
  text.before(bar);
  text.after(box);
}

for (const own of document.querySelectorAll(".own-colour")) {
  own.addEventListener("input", () => {
    [...own.parentElement.querySelectorAll("input[type='radio']")].at(-1).checked = true;
  });
}

const form = document.querySelector("form[id$='_form']:not(#logout-form), form[data-warn]");
if (form) {
  let isSending = false;
  const state = () => new URLSearchParams(new FormData(form)).toString();
  const before = form.querySelector(".errornote, .errorlist") ? "" : state();
  form.addEventListener("submit", () => { isSending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && state() !== before) event.preventDefault();
  });
}
