// What a page can do a little better with a script; each page works without it.
(() => {
  const euro = new Intl.NumberFormat(document.documentElement.lang === 'en' ? 'en-GB' : 'fr-FR', { style: 'currency', currency: 'EUR' });
  const show = (root, name, cents) => { for (const cell of root.querySelectorAll(`[data-total="${name}"]`)) cell.textContent = euro.format(cents / 100); };
  const feeOf = (cents, rate, basis) => (basis === 'of_final_amount' ? Math.round((cents * rate) / (10000 - rate)) : Math.round((cents * rate) / 10000));

  for (const form of document.querySelectorAll('[data-quote]')) {
    const boxes = [...form.querySelectorAll('[name=optionLineIds]')];
    const start = Number(form.querySelector('[data-total=members]').dataset.cents);
    const ticked = () => boxes.filter((box) => box.checked).reduce((sum, box) => sum + Number(box.dataset.cents || 0), 0);
    const before = ticked();
    const update = () => {
      const members = start - before + ticked();
      const fee = feeOf(members, Number(form.dataset.rate), form.dataset.basis);
      const vat = Math.round(((members + fee) * Number(form.dataset.vat)) / 10000);
      show(form, 'members', members); show(form, 'fee', fee); show(form, 'net', members + fee); show(form, 'vat', vat); show(form, 'gross', members + fee + vat);
      for (const copy of document.querySelectorAll('[data-copy=gross]')) copy.textContent = euro.format((members + fee + vat) / 100);
    };
    boxes.forEach((box) => box.addEventListener('change', update));
    // The button is for who has no script.
    for (const button of form.querySelectorAll('[value=recalculate], #quote-form button')) button.hidden = true;
  }
})();
