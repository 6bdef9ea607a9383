package io.picsync.archive.lines;

import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;

/**
 * Dates with a sign behind each number, in Chinese, Japanese and Korean and their encodings: {@code
 * 7月 14 15:30}, {@code 7月 14日 2011}, {@code 2011年 7月14日}.
 */
final class EastAsianDate {
  /** The signs for year, month and day as one encoding writes them. */
  private static final class Signs {
    private final byte[] year;
    private final byte[] month;
    private final byte[] day;

    private Signs(String signs, String encoding) {
      Charset charset = Charset.forName(encoding);
      year = signs.substring(0, 1).getBytes(charset);
      month = signs.substring(1, 2).getBytes(charset);
      day = signs.substring(2).getBytes(charset);
    }
  }

  private static final List<Signs> ENCODINGS =
      Stream.concat(
              Stream.of("UTF-8", "Shift_JIS", "EUC-JP", "GBK", "Big5")
                  .map(encoding -> new Signs("年月日", encoding)),
              Stream.of("UTF-8", "EUC-KR").map(encoding -> new Signs("년월일", encoding)))
          .toList();

  private EastAsianDate() {}

  /** See {@link ListDate#nameAfter}. */
  static int nameAfter(Line line, int at) {
    for (Signs signs : ENCODINGS) {
      int name = nameAfter(line, at, signs);
      if (name > 0) {
        return name;
      }
    }
    return ListDate.NONE;
  }

  private static int nameAfter(Line line, int at, Signs signs) {
    int yearEnd = after(signs.year, line, at, 4);
    int monthEnd = after(signs.month, line, yearEnd < 0 ? at : line.blanksEnd(yearEnd), 2);
    if (monthEnd < 0) {
      return ListDate.NONE;
    }
    int day = line.blanksEnd(monthEnd);
    int dayEnd = after(signs.day, line, day, 2);
    if (yearEnd > 0) {
      return dayEnd < 0 ? ListDate.NONE : ListDate.afterOneBlank(line, dayEnd);
    }
    int digitsEnd = line.digitsEnd(day);
    if (dayEnd < 0 && (digitsEnd == day || digitsEnd - day > 2)) {
      return ListDate.NONE;
    }
    int end = Math.max(dayEnd, digitsEnd);
    int signed = after(signs.year, line, line.blanksEnd(end), 4);
    return signed < 0
        ? ListDate.afterTimeOrYear(line, end, false)
        : ListDate.afterOneBlank(line, signed);
  }

  /** Behind a number of at most so many digits and its sign; -1 if they are not there. */
  private static int after(byte[] sign, Line line, int at, int digits) {
    int end = line.digitsEnd(at);
    if (end == at || end - at > digits) {
      return ListDate.NONE;
    }
    for (int i = 0; i < sign.length; i++) {
      if (line.at(end + i) != (sign[i] & 0xff)) {
        return ListDate.NONE;
      }
    }
    return end + sign.length;
  }
}
