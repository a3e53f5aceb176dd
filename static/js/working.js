// Whoever has sent a form and still waits for the answer reads that it goes on.

{
  const AFTER = 2000; // milliseconds; most forms are answered sooner
  const says = document.currentScript.dataset.says;
  let waiting = 0;
  let notice = null;

  document.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (event.defaultPrevented || notice) return; // a script sends it, or it is said already
      notice = document.createElement("p");
      notice.className = "working";
      notice.setAttribute("role", "status");
      document.body.append(notice);
      notice.textContent = says;
    }, AFTER);
  });

  // "Back" can show the page as it was left.
  addEventListener("pageshow", () => {
    clearTimeout(waiting);
    notice?.remove();
    notice = null;
  });
}
