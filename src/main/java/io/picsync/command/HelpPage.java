package io.picsync.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/** What {@code --help} shows, as wide as the terminal. */
final class HelpPage {
  private static final int USUAL = 80;

  /** Less would leave no room beside the names of options. */
  private static final int LEAST = 50;

  private static final String MARGIN = "  ";
  private static final int GAP = 3;

  private final StringBuilder text = new StringBuilder();
  private final int width;

  HelpPage(int width) {
    this.width = width;
  }

  /**
   * The terminal's width.
   *
   * @param columns as the environment tells it, where it does
   */
  static int width(@Nullable String columns) {
    if (columns == null) {
      return USUAL;
    }
    try {
      return Math.max(LEAST, Integer.parseInt(columns));
    } catch (NumberFormatException e) {
      return USUAL;
    }
  }

  /** The page of one command. */
  static HelpPage of(Command command, int width) {
    Syntax syntax = command.syntax();
    String usage = command.name() + " [OPTION]...";
    Map<String, String> rows = new LinkedHashMap<>();
    for (Syntax.Operand operand : syntax.operands()) {
      String name = operand.required() ? operand.name() : "[" + operand.name() + "]";
      usage += " " + name;
      rows.put(name, operand.description());
    }
    rows.putAll(options(syntax));
    return new HelpPage(width)
        .usage(usage)
        .paragraphs(command.description())
        .table(rows)
        .verbatim(command.footer());
  }

  /** How options are given, and what they do. */
  static Map<String, String> options(Syntax syntax) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Option option : syntax.options()) {
      String letter = option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ";
      String value = option.hasArg() ? "=" + option.getArgName() : "";
      rows.put(letter + "--" + option.getLongOpt() + value, option.getDescription());
    }
    return rows;
  }

  /**
   * @param words that follow {@code picsync}
   */
  HelpPage usage(String words) {
    String lead = "Usage: picsync ";
    wrap(lead + words, lead.length());
    return this;
  }

  /** An empty line, and then each line as a paragraph. */
  HelpPage paragraphs(String lines) {
    text.append('\n');
    for (String line : lines.split("\n")) {
      wrap(line, 0);
    }
    return this;
  }

  /** An empty line, and then names in the left column and what they mean in the right one. */
  HelpPage table(Map<String, String> rows) {
    int left = 0;
    for (String name : rows.keySet()) {
      left = Math.max(left, name.length());
    }
    text.append('\n');
    for (Map.Entry<String, String> row : rows.entrySet()) {
      String name = row.getKey();
      wrap(
          MARGIN + name + " ".repeat(left - name.length() + GAP) + row.getValue(),
          MARGIN.length() + left + GAP);
    }
    return this;
  }

  /** An empty line, and then the lines as they are. */
  HelpPage verbatim(String lines) {
    if (!lines.isEmpty()) {
      text.append('\n').append(lines);
    }
    return this;
  }

  /**
   * Breaks a line before the word that is too much for the width.
   *
   * @param indent of what follows
   */
  private void wrap(String line, int indent) {
    String rest = line;
    while (rest.length() > width) {
      int blank = rest.lastIndexOf(' ', width);
      if (blank < indent) { // a word longer than the width
        blank = rest.indexOf(' ', width);
        if (blank < 0) {
          break;
        }
      }
      text.append(rest, 0, blank).append('\n');
      rest = " ".repeat(indent) + rest.substring(blank + 1);
    }
    text.append(rest).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
