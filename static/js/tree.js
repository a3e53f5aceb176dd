// The tree page without full reloads. Everything works without this file: it only saves the way to the top.

const ids = ["auf", "schritt", "ziehen", "baum"];

async function replace(response) {
  if (!response.ok) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.getElementById("baum")) {
    location.assign(response.url); // the page that asks for the reason of a move
    return;
  }
  for (const id of ids) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(fresh);
  }
  const messages = page.querySelector(".messagelist");
  document.querySelector(".messagelist")?.remove();
  if (messages) {
    messages.setAttribute("aria-live", "polite"); // a role would make it no list
    document.getElementById("content").before(messages);
  }
  history.replaceState(null, "", response.url);
  makeDraggable();
}

let sending = Promise.resolve(); // one after the other, however fast somebody clicks

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!["auf", "schritt", "ziehen"].includes(form.id)) return;
  event.preventDefault();
  const { name, value } = event.submitter ?? { name: "", value: form.elements.knoten.value };
  const data = new FormData(form, event.submitter);
  sending = sending.then(() => send(form, data, name, value)).catch(() => location.reload());
});

async function send(form, data, name, value) {
  const response =
    form.method === "post"
      ? await fetch(form.action, { method: "POST", body: data })
      : await fetch(`${form.action}?${new URLSearchParams(data)}`);
  const before = placeOf(value);
  await replace(response);
  if (name !== "") keepInPlace(value, before);
  focusAgain(name, value);
}

// How far the row of a node is from the top of the window.
function placeOf(pk) {
  return document.getElementById(`t${pk}`)?.closest(".node__row").getBoundingClientRect().top;
}

// Have the row stay under the pointer. Where the page ends, it gets the room that this takes.
function keepInPlace(pk, before) {
  const tree = document.getElementById("baum");
  const missing = () => placeOf(pk) - before || 0;
  tree.style.marginBottom = `${innerHeight}px`;
  scrollBy(0, missing());
  const unused = document.documentElement.scrollHeight - innerHeight - scrollY;
  tree.style.marginBottom = `${Math.max(0, innerHeight - unused)}px`;
  tree.style.marginTop = `${Math.max(0, -missing())}px`;
}

// The same button, its counterpart where the node has reached an end, else the node itself.
function focusAgain(name, value) {
  const other = { hoch: "runter", runter: "hoch" }[name];
  const names = [name, other].filter(Boolean);
  for (const each of names) {
    const button = document.querySelector(`button[name="${each}"][value="${CSS.escape(value)}"]`);
    if (button) {
      button.focus({ preventScroll: true });
      return;
    }
  }
  document.getElementById(`t${value}`)?.focus();
}

// Dragging, as an extra: a node is dropped before, after or below another one. The server decides what is possible.
const places = { before: "davor", below: "darunter", after: "dahinter" };
let dragged = null;

function makeDraggable() {
  for (const row of document.querySelectorAll(".node__row:has(.node__tools)")) row.draggable = true;
}

function placeAt(row, y) {
  const box = row.getBoundingClientRect();
  const share = (y - box.top) / box.height;
  return share < 0.3 ? places.before : share > 0.7 ? places.after : places.below;
}

function unmark() {
  for (const row of document.querySelectorAll("[data-drop]")) delete row.dataset.drop;
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".node");
  dragged?.classList.add("node--dragged");
});

document.addEventListener("dragover", (event) => {
  const row = event.target.closest?.(".node__row");
  unmark();
  if (!dragged || !row || dragged.contains(row)) return;
  event.preventDefault();
  row.dataset.drop = placeAt(row, event.clientY);
});

document.addEventListener("drop", (event) => {
  const row = event.target.closest?.(".node__row");
  if (!dragged || !row || dragged.contains(row)) return;
  event.preventDefault();
  const form = document.getElementById("ziehen");
  form.elements.knoten.value = dragged.id.slice(1);
  form.elements.ziel.value = row.closest(".node").id.slice(1);
  form.elements.stelle.value = placeAt(row, event.clientY);
  form.requestSubmit();
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("node--dragged");
  dragged = null;
  unmark();
});

makeDraggable();
