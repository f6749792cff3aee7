/** The whole script of the page: hides what does not have every word of the search. */
export const pageScript = `
'use strict';
(() => {
  const field = document.getElementById('search');
  const found = document.getElementById('found');
  const entries = [...document.querySelectorAll('[data-search]')].map((element) => ({
    element,
    text: (element.dataset.search + ' ' + element.textContent).toLowerCase(),
  }));
  const links = new Map();
  for (const link of document.querySelectorAll('nav li a')) links.set(link.hash.slice(1), link.parentElement);
  field.parentElement.hidden = false;
  const apply = () => {
    const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const { element, text } of entries) {
      const fits = words.every((word) => text.includes(word));
      element.classList.toggle('away', !fits);
      const item = links.get(element.id);
      if (item) item.classList.toggle('away', !fits);
      if (fits) count += 1;
    }
    document.body.classList.toggle('searching', words.length > 0);
    found.textContent = words.length === 0 ? '' : count === 0 ? 'Nothing found' : count === 1 ? '1 match' : count + ' matches';
  };
  field.addEventListener('input', apply);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    field.value = '';
    apply();
    field.blur();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  addEventListener('hashchange', () => {
    if (field.value === '') return;
    const target = document.getElementById(location.hash.slice(1));
    if (target === null || target.closest('.away') === null) return;
    field.value = '';
    apply();
    target.scrollIntoView();
  });
})();
`
