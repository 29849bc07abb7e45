import { readFileSync } from 'node:fs';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';

type Message = 'pain.001.001.03' | 'pain.001.001.09' | 'camt.053.001.02' | 'camt.053.001.08';
const validators = new Map<Message, XsdValidator>();

/** What libxml2 finds wrong in a document by the schema the registration authority of ISO 20022 publishes; empty when it is valid. */
export function faultsBySchema(message: Message, xml: string): string[] {
  const known = validators.get(message) ?? XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(new URL(`../schemas/iso20022/${message}.xsd`, import.meta.url), 'utf8')));
  validators.set(message, known);
  const document = XmlDocument.fromString(xml);
  try {
    known.validate(document);
    return [];
  } catch (cause) {
    if (cause instanceof XmlValidateError) return cause.details.map(({ message: said }) => said.trim());
    throw cause;
  } finally {
    document.dispose();
  }
}
