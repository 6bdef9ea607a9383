package io.picsync.archive.lines;

/**
 * The names of months that {@code ls} and its imitators write, as the locales of glibc have them,
 * and older forms. Lower case, capitalized and upper case; a dot behind them is no part of them.
 */
final class Months {
  private static final Words NAMES =
      new Words(
          """
          | jan feb mar apr may jun jul aug sep sept oct nov dec june july april
          windows-1252 | jän mär mrz märz mai juni juli okt dez
          windows-1252 | janv fév févr fev fevr mars avr avril mai juin jui juil aoû août aout déc
          windows-1252 | ene abr ago dic set
          windows-1252 | gen mag giu lug ago set ott dic
          windows-1252 | fev abr mai ago set out dez
          windows-1252 | febr mrt mei okt
          windows-1252 | maj mars juni juli okt des
          windows-1252 | tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu
          windows-1252 | febr març maig juny jul ag d'ag d’ag d'abr d’abr d'oct d’oct
          windows-1252 | xan xuñ xul out
          windows-1252 | urt ots mar api mai eka uzt abu ira urr aza abe
          windows-1252 | ean feabh márta aib beal meith iúil lún mfómh MFómh dfómh DFómh samh noll
          windows-1252 | agu des
          windows-1250 ISO-8859-2 | sty lut kwi maj cze lip sie wrz paź lis gru
          windows-1250 ISO-8859-2 | led úno bře dub kvě čen čer čec srp zář říj lis pro
          windows-1250 ISO-8859-2 | febr márc ápr máj jún júl szept okt
          windows-1250 ISO-8859-2 | sij velj ožu tra svi lip srp kol ruj lis stu pro
          windows-1250 ISO-8859-2 | avg ian iun iul
          windows-1254 | oca şub nis haz tem ağu eyl eki kas ara
          windows-1257 | jaan veebr märts juuni juuli dets jūn jūl
          windows-1251 KOI8-R ISO-8859-5 IBM866 | янв фев мар апр май мая июн июл авг сен сент окт ноя нояб дек
          windows-1251 KOI8-U ISO-8859-5 | січ лют бер кві тра чер лип сер вер жов лис гру
          windows-1251 | яну юни юли сеп ное
          windows-1251 | сту сак кра чэр ліп жні кас ліс сне
          windows-1251 ISO-8859-5 | јан феб мај јун јул нов дец
          windows-1253 ISO-8859-7 | Ιαν Φεβ Μαρ Απρ Μαΐ Μάι Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ
          | қаң ақп нау сәу мам мау шіл там қыр қаз қар жел
          """);

  private Months() {}

  /** With a dot or a comma behind it or without. */
  static boolean isMonth(Line line, int from, int to) {
    int end = to;
    if (end > from && line.at(end - 1) == ',') {
      end--;
    }
    if (end > from && line.at(end - 1) == '.') {
      end--;
    }
    return NAMES.contain(line, from, end);
  }
}
