/** An element of an XML document, as a reader of such documents gives it: names are local, `namespace` is the address they stand under. */
export interface XmlNode {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Its own characters, those of its children left out. */
  readonly text: string;
}

/** The first element at the end of a path of names, or null. */
export function at(node: XmlNode | null | undefined, ...path: readonly string[]): XmlNode | null {
  let found: XmlNode | undefined = node ?? undefined;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found ?? null;
}

/** Every child of that name, in order. */
export function all(node: XmlNode | null | undefined, name: string): XmlNode[] {
  return node ? node.children.filter((child) => child.name === name) : [];
}

/** What the element at the end of a path says, without spaces around; empty when it is not there. */
export function textAt(node: XmlNode | null | undefined, ...path: readonly string[]): string {
  return at(node, ...path)?.text.trim() ?? '';
}
