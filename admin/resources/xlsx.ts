import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { DateTime } from 'luxon';
import type { Exported } from '../../documents/csv.ts';

/**
 * A workbook of one sheet (ECMA-376), written as it is read: rows leave as soon as they are given, whatever their number.
 * Words are written as words (`inlineStr`), so none of them can become a formula.
 */
export function xlsxWriter(sheet: string, write: (chunk: Uint8Array) => void): { row(cells: readonly (Exported | null)[], heading?: boolean): void; end(): void } {
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    write(chunk);
  });
  for (const [name, xml] of Object.entries(parts(sheet))) {
    const part = new ZipPassThrough(name);
    zip.add(part);
    part.push(strToU8(`${xmlStart}${xml}`), true);
  }
  const rows = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 6 });
  zip.add(rows);
  rows.push(strToU8(`${xmlStart}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" defaultColWidth="20"/><sheetData>`));
  return {
    row: (cells, heading = false) => rows.push(strToU8(`<row>${cells.map((cell) => cellXml(cell, heading)).join('')}</row>`)),
    end: () => {
      rows.push(strToU8('</sheetData></worksheet>'), true);
      zip.end();
    },
  };
}

/** Styles of cellXfs below. */
const styles = { plain: 0, heading: 1, whole: 2, decimal: 3, day: 4, moment: 5 } as const;

function cellXml(cell: Exported | null, heading: boolean): string {
  if (!cell) return '<c/>';
  if (cell.kind === 'text') return `<c t="inlineStr" s="${heading ? styles.heading : styles.plain}"><is><t xml:space="preserve">${escaped(cell.text)}</t></is></c>`;
  if (cell.kind === 'number') return `<c s="${cell.decimals > 0 ? styles.decimal : styles.whole}"><v>${cell.value}</v></c>`;
  return `<c s="${styles[cell.kind]}"><v>${serial(cell.at, cell.kind)}</v></c>`;
}

/** Days since 30 December 1899, as Excel counts them, in Paris time. */
function serial(at: Date, kind: 'day' | 'moment'): number {
  const local = DateTime.fromJSDate(at, { zone: kind === 'day' ? 'UTC' : 'Europe/Paris' });
  const days = (local.toMillis() + local.offset * 60_000) / 86_400_000 + 25_569;
  return kind === 'day' ? Math.floor(days) : days;
}

const escaped = (text: string): string =>
   
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').slice(0, 32_000);

const xmlStart = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function parts(sheet: string): Record<string, string> {
  const name = escaped(sheet.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31));
  return {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${media}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${media}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${media}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  };
}
