/** M5: the last project read: the next page begins after it, whatever was published meanwhile. */
export interface FeedCursor {
  /** Among the projects of subscribed themes, or among the others. */
  readonly followed: boolean;
  /** ms */
  readonly publishedAt: number;
  readonly projectId: string;
}

export function feedCursorText({ followed, publishedAt, projectId }: FeedCursor): string {
  return `${followed ? 'f' : 'o'}.${publishedAt}.${projectId}`;
}

/** Null for what is no cursor: the feed begins at its beginning. */
export function readFeedCursor(text: string): FeedCursor | null {
  const [, group, ms = '', projectId = ''] = /^([fo])\.(\d{1,15})\.([\w-]{1,64})$/.exec(text) ?? [];
  return group ? { followed: group === 'f', publishedAt: Number(ms), projectId } : null;
}
