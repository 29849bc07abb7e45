// M1: an agency hears at once why not, also by a screen reader; the style sheet shows it without this.
(() => {
  for (const form of document.querySelectorAll('[data-candidature]')) {
    const said = form.querySelector('[data-agency-said]');
    form.addEventListener('change', ({ target }) => {
      if (target.name === 'structure') said.textContent = target.value === 'agency' ? form.querySelector('#agency-why').textContent : '';
    });
  }

  // A member's own link goes to the clipboard.
  for (const button of navigator.clipboard ? document.querySelectorAll('[data-copy-from]') : []) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copyFrom).value);
      button.textContent = button.dataset.copied;
    });
  }
})();
