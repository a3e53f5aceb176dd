// Forms of nodes: a bar above each text in Markdown, a warning before unsaved changes are left, and what is typed beside
// a radio button chooses it. All of it is an extra: the text is what one can type, too.

// Through the browser's own editing, so that undo takes it back.
const write = (text, from, to, piece) => {
  text.setSelectionRange(from, to);
  // Where a browser has given that up, the text is right all the same.
  if (!document.execCommand("insertText", false, piece)) text.setRangeText(piece, from, to, "end");
};

// Around the words of each line that is chosen, without the spaces at its ends and what makes it an entry: the sign counts
// at words only.
function bold(text) {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const picked = value.slice(from, to);
  if (value.slice(from - 2, from) === "**" && value.slice(to, to + 2) === "**") {
    write(text, from - 2, to + 2, picked);
    text.setSelectionRange(from - 2, to - 2);
  } else if (picked.trim() === "") {
    write(text, to, to, "****");
    text.setSelectionRange(to + 2, to + 2);
  } else if (/^\s*\*\*.*\*\*\s*$/.test(picked)) {
    const plain = picked.replaceAll("**", "");
    write(text, from, to, plain);
    text.setSelectionRange(from, from + plain.length);
  } else {
    const marked = picked.replace(/^([ \t]*(?:- |\d+\. )?)(\S.*?)([ \t]*)$/gm, "$1**$2**$3");
    write(text, from, to, marked);
    const isOneLine = !picked.includes("\n");
    const start = isOneLine ? marked.indexOf("**") + 2 : 0;
    text.setSelectionRange(from + start, from + (isOneLine ? marked.lastIndexOf("**") : marked.length));
  }
}

// Each line that is touched becomes an entry; where all are entries, they are lines again. Empty lines stay.
function list(text) {
  const { value } = text;
  const from = value.slice(0, text.selectionStart).lastIndexOf("\n") + 1;
  const end = value.indexOf("\n", text.selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const isEmpty = (line) => lines.length > 1 && !line.trim();
  const isEntry = (line) => line.startsWith("- ");
  const areEntries = lines.every((line) => isEntry(line) || isEmpty(line));
  const changed = (line) => (areEntries ? line.replace(/^- /, "") : isEntry(line) || isEmpty(line) ? line : `- ${line}`);
  const piece = lines.map(changed).join("\n");
  write(text, from, to, piece);
  text.setSelectionRange(lines.length === 1 ? from + piece.length : from, from + piece.length);
}

// What is chosen is the text of the link, or its address; the other one is chosen then, to be typed over.
function link(text, words) {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const picked = value.slice(from, to).trim();
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

// How the text will look.
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
