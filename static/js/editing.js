// Forms of nodes: a preview of Markdown texts, and a warning before unsaved changes are left.

const csrf = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

for (const text of document.querySelectorAll("textarea[data-markdown]")) {
  const button = document.createElement("button");
  const box = document.createElement("div");
  const label = document.querySelector(`label[for="${text.id}"]`)?.textContent.replace(/:\s*$/, "") ?? "";
  button.type = "button";
  button.className = "small";
  button.textContent = `${text.dataset.markdown}: ${label}`;
  box.className = "preview-box prose";
  box.setAttribute("role", "status");
  box.hidden = true;
  button.addEventListener("click", async () => {
    const body = new FormData();
    body.set("text", text.value);
    body.set("csrfmiddlewaretoken", csrf());
    const response = await fetch("/verwaltung/textvorschau/", { method: "POST", body });
    box.innerHTML = response.ok ? await response.text() : text.dataset.failed;
    box.hidden = false;
  });
  text.after(button, box);
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
