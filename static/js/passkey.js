/* Says on the page that a passkey could not be used: allauth's scripts tell only the console. */

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-error").hidden = false;
});
