package io.picsync.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.picsync.compare.CaptureDay;
import io.picsync.lists.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calendars of syncs, each one small file {@code .calendars/SYNC.json} in the reports folder, about
 * 40 bytes a day. It is made anew by every run that compares, so a damaged or lost one costs
 * nothing. Thread-safe.
 */
public final class CalendarStore {
  private static final Logger LOG = LoggerFactory.getLogger(CalendarStore.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final int SCHEMA = 1;

  private record Head(FileTime time, Optional<OldestMissing> oldest) {}

  private final Path folder;
  private final Map<String, Head> heads = new ConcurrentHashMap<>();

  /**
   * @param reports the reports folder
   */
  public CalendarStore(Path reports) {
    this.folder = reports.resolve(".calendars");
  }

  private Path file(String sync) {
    return folder.resolve(sync + ".json");
  }

  /** Replaces a sync's calendar. */
  void write(String sync, Calendar calendar) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("schema", SCHEMA);
      json.writeStringField("run", calendar.run());
      json.writeStringField("asOf", calendar.asOf());
      if (calendar.oldestMissing().isPresent()) {
        json.writeStringField("oldest", calendar.oldestMissing().get().path());
        json.writeStringField("captured", calendar.oldestMissing().get().captured());
      }
      json.writeObjectFieldStart("days");
      for (Map.Entry<LocalDate, CaptureDay> day : calendar.days().entrySet()) {
        CaptureDay of = day.getValue();
        json.writeFieldName(day.getKey().toString());
        json.writeArray(
            new int[] {
              of.captured(), of.missing(), of.interval(), of.first(), of.last(), of.holes()
            },
            0,
            6);
        json.writeRaw('\n');
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    WholeFile.write(file(sync), bytes.toByteArray());
  }

  /** When the calendar was written; the epoch where there is none. */
  public FileTime changed(String sync) {
    File file = file(sync).toFile(); // no exception for each sync that has none
    return FileTime.fromMillis(file.lastModified());
  }

  /** Empty when no run has compared yet, and for a damaged file, which the log names. */
  public Optional<Calendar> read(String sync) {
    try {
      return Optional.of(parse(file(sync), true));
    } catch (NoSuchFileException | FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | DateTimeException e) {
      LOG.warn("A calendar can't be read. file={} why={}", file(sync), e.toString());
      return Optional.empty();
    }
  }

  /** The oldest picture that the destination lacks; cheap, it reads the beginning of the file. */
  public Optional<OldestMissing> oldestMissing(String sync) {
    Path file = file(sync);
    FileTime time = changed(sync);
    if (time.toMillis() == 0) {
      return Optional.empty();
    }
    try {
      Head known = heads.get(sync);
      if (known == null || !known.time().equals(time)) {
        known = new Head(time, parse(file, false).oldestMissing());
        heads.put(sync, known);
      }
      return known.oldest();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.debug("The calendar {} can't be read.", file, e);
      return Optional.empty();
    }
  }

  private static Calendar parse(Path file, boolean withDays) throws IOException {
    Map<String, String> head = new HashMap<>();
    NavigableMap<LocalDate, CaptureDay> days = new TreeMap<>();
    try (JsonParser json = JSON.createParser(file.toFile())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no calendar");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (!name.equals("days")) {
          head.put(name, json.getText());
        } else if (withDays) {
          days(json, days);
        } else {
          break;
        }
      }
    }
    if (!head.getOrDefault("schema", "").equals(Integer.toString(SCHEMA))) {
      throw new IOException("it is no calendar of this version");
    }
    return new Calendar(
        head.getOrDefault("run", ""),
        head.getOrDefault("asOf", ""),
        Optional.ofNullable(head.get("oldest"))
            .map(path -> new OldestMissing(path, head.getOrDefault("captured", ""))),
        days);
  }

  private static void days(JsonParser json, NavigableMap<LocalDate, CaptureDay> days)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      LocalDate day = LocalDate.parse(json.currentName());
      int[] of = new int[6];
      json.nextToken();
      for (int i = 0; json.nextToken() == JsonToken.VALUE_NUMBER_INT && i < of.length; i++) {
        of[i] = json.getIntValue();
      }
      days.put(day, new CaptureDay(of[0], of[1], of[2], of[3], of[4], of[5]));
    }
  }
}
