package io.picsync.archive;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a server has picsync's folders and pictures, and how their names are spelled to it. Paths
 * are always absolute, so no working directory is relied on and a leading dash or blank is part of
 * the name.
 *
 * @param server its name
 * @param charset in which it is sent names
 * @param charsetOption of its URI
 * @param base the absolute path of the root for picsync
 */
public record ServerPaths(String server, Charset charset, String charsetOption, String base) {
  /** The absolute path that the server is sent. */
  public String of(Location location) {
    String path = location.serverPath();
    if (path.isEmpty()) {
      return base.isEmpty() ? "/" : base;
    }
    return base.endsWith("/") ? base + path : base + "/" + path;
  }

  /** The absolute paths of the folders above, from the top down; none for one at the very top. */
  public List<String> above(Location folder) {
    List<String> above = new ArrayList<>();
    String path = of(folder);
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      above.add(path.substring(0, slash));
    }
    return above;
  }

  /** Of the folder that holds this one, or would hold it; empty for one at the very top. */
  public Optional<String> parent(Location folder) {
    List<String> above = above(folder);
    return above.isEmpty() ? Optional.empty() : Optional.of(above.get(above.size() - 1));
  }

  /**
   * Refuses a name that the charset can't spell: it would be sent with question marks, and two such
   * names would be one.
   */
  public void check(Location location) throws RefusedException {
    if (!canSpell(location.serverPath())) {
      throw new RefusedException(
          "%s can't be spelled in %s, the encoding of server %s. Set %s=UTF-8 in its URI if it understands that."
              .formatted(location, charset, server, charsetOption));
    }
  }

  /** Unicode's encodings spell all but halves of a character, which Java's strings may hold. */
  private boolean canSpell(String path) {
    return charset.equals(StandardCharsets.UTF_8)
        ? path.codePoints().noneMatch(code -> Character.getType(code) == Character.SURROGATE)
        : charset.newEncoder().canEncode(path);
  }
}
