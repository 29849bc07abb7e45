// What a page can do a little better with a script; each page works without it.
(() => {
  const euro = new Intl.NumberFormat(document.documentElement.lang === 'en' ? 'en-GB' : 'fr-FR', { style: 'currency', currency: 'EUR' });
  const show = (root, name, cents) => { const cell = root.querySelector(`[data-total="${name}"]`); if (cell) cell.textContent = euro.format(cents / 100); };
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
    };
    boxes.forEach((box) => box.addEventListener('change', update));
  }

  const number = (text) => Number(text.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.'));
  for (const form of document.querySelectorAll('[data-member-quote]')) {
    form.addEventListener('input', () => {
      let total = 0;
      for (const line of form.querySelectorAll('.line')) {
        const [quantity, unit] = [number(line.querySelector('[data-quantity]').value), number(line.querySelector('[data-unit]').value)];
        const free = line.querySelector('[data-optional]').checked || line.querySelector('[data-offered]').checked;
        if (!free && quantity > 0 && unit > 0) total += Math.round(quantity * unit * 100);
      }
      const discount = number(form.querySelector('[name=discount]').value || '0');
      show(form, 'members', total - (discount > 0 ? Math.round(discount * 100) : 0));
    });
  }
})();
