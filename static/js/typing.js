// Whoever types in one page for long is at work: the server hears of it, so that the login does not end over it.

const EVERY = 4 * 60 * 1000; // the shortest limit that can be set is five minutes
let told = Date.now();

document.addEventListener("input", () => {
  if (Date.now() - told < EVERY) return;
  told = Date.now();
  fetch("/verwaltung/konto/sessions/typing/").catch(() => {});
});
