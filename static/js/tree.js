// The tree page without full reloads. Everything works without this file: it only saves the way to the top.

const ids = ["auf", "schritt", "baum"];

async function replace(response) {
  if (!response.ok) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of ids) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(fresh);
  }
  const messages = page.querySelector(".messagelist");
  document.querySelector(".messagelist")?.remove();
  if (messages) {
    messages.setAttribute("role", "status");
    document.getElementById("content").before(messages);
  }
  history.replaceState(null, "", response.url);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!button || !["auf", "schritt"].includes(form.id)) return;
  event.preventDefault();
  const { name, value } = button;
  const data = new FormData(form, button);
  const response =
    form.method === "post"
      ? await fetch(form.action, { method: "POST", body: data })
      : await fetch(`${form.action}?${new URLSearchParams(data)}`);
  await replace(response);
  focusAgain(name, value);
});

// The same button, its counterpart where the node has reached an end, else the node itself.
function focusAgain(name, value) {
  const other = { hoch: "runter", runter: "hoch" }[name];
  const names = [name, other].filter(Boolean);
  for (const each of names) {
    const button = document.querySelector(`button[name="${each}"][value="${CSS.escape(value)}"]`);
    if (button) {
      button.focus();
      return;
    }
  }
  document.getElementById(`t${value}`)?.focus();
}
