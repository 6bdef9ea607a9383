package io.picsync.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns a report into JSON that is never larger than {@link #LIMIT}. Thread-safe. */
final class ReportWriter {
  /** In bytes; statistics fit into it at any size of the archives. */
  static final int LIMIT = 4096;

  private static final int TEXT = 240;
  static final String CUT = "…";

  /** Of each kind: untrusted folders, which are shown first, and damaged pictures. */
  private static final int EXAMPLES = 5;

  /** Indented where it fits so, then without blanks, then with fewer examples and shorter texts. */
  byte[] write(Report report) {
    ObjectWriter compact = Json.MAPPER.writer();
    ObjectWriter pretty =
        Json.MAPPER.writer(
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter(" ", "\n")));
    for (int longest = TEXT; ; longest /= 2) {
      for (int shown = 2 * EXAMPLES; shown >= 0; shown--) {
        Report shortened = shortened(report, longest, shown);
        for (ObjectWriter writer : List.of(pretty, compact)) {
          byte[] json = encode(shortened, writer);
          if (json.length <= LIMIT || (longest == 0 && shown == 0 && writer == compact)) {
            return json;
          }
        }
      }
    }
  }

  private static Report shortened(Report report, int longest, int examples) {
    return report.shortened(
        text -> cut(text, longest), Math.min(examples, EXAMPLES), Math.max(0, examples - EXAMPLES));
  }

  private static byte[] encode(Report report, ObjectWriter writer) {
    try {
      return (writer.writeValueAsString(report) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report could not be written as JSON.", e);
    }
  }

  /** Whether a report's text tells this one, which may have been cut there. */
  static boolean isAsTold(String told, String text) {
    int cut = told.indexOf(CUT);
    return told.equals(text)
        || (cut >= 0
            && text.length() > told.length() - CUT.length()
            && text.startsWith(told.substring(0, cut))
            && text.endsWith(told.substring(cut + CUT.length())));
  }

  /**
   * In its middle: a cause begins with what happened and ends with what to do. Never between the
   * two halves of a character.
   */
  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int kept = Math.max(0, longest - CUT.length());
    int begin = kept / 2;
    int end = text.length() - (kept - begin);
    if (begin > 0 && Character.isHighSurrogate(text.charAt(begin - 1))) {
      begin--;
    }
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      end++;
    }
    return text.substring(0, begin) + CUT + text.substring(end);
  }
}
