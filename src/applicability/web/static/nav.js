// Links between the pages carry the profile that stands after the #, which goes to no server; others carry nothing.

const OWN = /^\/(zh|en)\//;

function carry(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin !== location.origin) return;
  if (link.matches(".skip, .to")) {
    // Its own # would stand in the place of the profile.
    event.preventDefault();
    document.querySelector(link.hash).focus();
  } else if (OWN.test(link.pathname)) {
    link.hash = location.hash;
  }
}

for (const name of ["click", "auxclick", "contextmenu"]) document.addEventListener(name, carry);
