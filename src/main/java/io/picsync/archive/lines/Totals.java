package io.picsync.archive.lines;

/**
 * The first line of {@code ls -l}, in whatever language: {@code total 8}, {@code insgesamt 4.0K}.
 */
final class Totals {
  private static final Words WORDS =
      new Words(
          """
          | total totale totaal totalt totals sum
          windows-1252 | insgesamt gesamt summe i_alt suma yhteensä samtals guztira iomlán
          windows-1250 ISO-8859-2 | razem suma celkem celkom összesen skupno sveukupno ukupno
          windows-1254 windows-1257 | toplam kokku viso kopā
          windows-1251 KOI8-R ISO-8859-5 IBM866 | итого всего
          windows-1251 KOI8-U | загалом разом общо усяго укупно
          windows-1253 ISO-8859-7 | σύνολο
          Shift_JIS EUC-JP | 合計
          GBK | 总计 总用量 总数
          Big5 | 總用量 總計
          EUC-KR | 합계
          | tổng
          """);

  private Totals() {}

  static boolean isTotal(Line line) {
    int number = line.length();
    while (number > 0 && line.at(number - 1) != ' ') {
      number--;
    }
    int wordEnd = number;
    while (wordEnd > 0 && line.at(wordEnd - 1) == ' ') {
      wordEnd--;
    }
    return isSize(line, number) && WORDS.contain(line, 0, wordEnd);
  }

  /** {@code 8}, {@code 4.0K}, {@code 1,5G}. */
  private static boolean isSize(Line line, int at) {
    int end = line.digitsEnd(at);
    if (end == at) {
      return false;
    }
    if (line.at(end) == '.' || line.at(end) == ',') {
      end = line.digitsEnd(end + 1);
    }
    if ("KMGTP".indexOf(line.at(end)) >= 0) {
      end++;
    }
    return end == line.length();
  }
}
