/* Escape closes the menu of a phone, as it closes all else that is open. */
"use strict";
document.addEventListener("keydown", (event) => {
  const menu = document.getElementById("__drawer");
  if (event.key !== "Escape" || !menu?.checked) return;
  menu.checked = false;
  menu.dispatchEvent(new Event("change", { bubbles: true }));
});
