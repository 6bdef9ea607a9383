package io.picsync.testing;

import java.text.Normalizer;
import java.util.List;

/** Picture names that are legal on the servers of this world and break careless programs. */
final class HostileNames {
  private static final String UMLAUTS = "Gew\u00e4chsh\u00e4user \u00dcbersicht.jpg";

  private HostileNames() {}

  static List<String> all() {
    return List.of(
        " leading space.jpg",
        "   three leading spaces.jpg",
        "space before dot .jpg",
        "two  spaces   inside.jpg",
        "no-break\u00a0space.jpg",
        Normalizer.normalize(UMLAUTS, Normalizer.Form.NFC),
        Normalizer.normalize(UMLAUTS, Normalizer.Form.NFD),
        "\u65e5\u672c\u8a9e.jpg",
        "\ud83d\udcf7 camera.jpg",
        "right\u202eto left.jpg",
        "(round) {curly} <angle>.jpg",
        "[square].jpg",
        "{a,b}.jpg",
        "star*.jpg",
        "*.jpg",
        "question?.jpg",
        "?a=b&c=d.jpg",
        "-leading dash.jpg",
        "-la.jpg",
        "--.jpg",
        "'single' \"double\" `back`.jpg",
        "100%.jpg",
        "%2e%2e%2fup.jpg",
        "%s%n.jpg",
        "hash#tag.jpg",
        "plus+plus.jpg",
        "~.jpg",
        "~root.jpg",
        "a -> b.jpg",
        "back\\slash.jpg",
        "day\\..\\up.jpg",
        "type=dir;size=0; fact.jpg",
        "semi;colon, comma: colon.jpg",
        "a@b!c|d&e^f.jpg",
        "<script>alert(1).jpg",
        "$HOME $(id).jpg",
        "${body}.jpg",
        "{{picsync.home}}.jpg",
        "RAW(x).jpg",
        "Twin.jpg",
        "tWIN.jpg",
        "drwxr-xr-x 2 ftp ftp 4096 Jan 01 2011 dir.jpg",
        "20110714.jpg",
        "n".repeat(251) + ".jpg");
  }
}
