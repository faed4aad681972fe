/** Names between backquotes are set as code. */
export function HelpText({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed sentence
      <code key={index}>{part}</code>
    ) : (
      part
    ),
  );
}
