package io.picsync.archive.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The extensions that a server lists within another one of its greeting, instead of one by one:
 * {@code supported} of draft-ietf-secsh-filexfer-05, section 4.4, and {@code supported2} of -13,
 * section 5.4. Apache MINA SSHD sends both in version 3 too.
 */
final class Supported {
  private Supported() {}

  /** None for any other extension, and for one that can't be read. */
  static List<String> names(String extension, byte[] data) {
    Reply fields = new Reply(Reply.VERSION, ByteBuffer.wrap(data));
    List<String> names = new ArrayList<>();
    try {
      if (extension.equals("supported")) {
        numbers(fields, 5);
        while (fields.hasMore()) {
          names.add(fields.text(StandardCharsets.UTF_8));
        }
      } else if (extension.equals("supported2")) {
        numbers(fields, 6); // the sixth are two of two bytes
        for (int attributes = fields.number(); attributes > 0; attributes--) {
          fields.text(StandardCharsets.UTF_8);
        }
        for (int left = fields.number(); left > 0; left--) {
          names.add(fields.text(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return names;
  }

  private static void numbers(Reply fields, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      fields.number();
    }
  }
}
