package org.skep.app.whole;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Digests;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of all files, written last: where it is, the export is whole.
 *
 * @param program the version of Skep that wrote it
 * @param made when, ISO 8601
 * @param counts how many things of each kind, for whoever reads it
 */
record Manifest(String program, String made, Map<String, Long> counts, List<Parcel.Written> files) {
  private static final String FORMAT = "skep-export-1";
  private static final int BYTES_MAX = 64 << 20;
  private static final String HALF = Parcel.MANIFEST + ".part";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Ends a parcel: once the list stands there by its name, all that it names is on the disk.
   *
   * @throws Refused when it is longer than what is read, in words
   */
  void writeInto(Parcel parcel) throws IOException {
    Map<String, Object> all =
        Map.of(
            "format", FORMAT, "program", program, "made", made, "counts", counts, "files", files);
    // Sorted, so that the same export has the same list.
    byte[] text = JSON.writeValueAsBytes(new TreeMap<>(all));
    if (text.length > BYTES_MAX) {
      throw new Refused(
          "There are more pictures and files than one export can hold, so that it is not whole.");
    }
    try (Parcel.Sheet sheet = parcel.write(HALF)) {
      sheet.write(text);
    }
    parcel.sync();
    parcel.rename(HALF, Parcel.MANIFEST);
  }

  /** A manifest, and the digest of its text by which it is known again. */
  record Found(Manifest manifest, String digest) {}

  /**
   * Reads the list of a parcel.
   *
   * @throws Refused when it can't be read, or names what has no place in an export
   */
  static Found of(Parcel parcel) throws IOException {
    byte[] text;
    try (InputStream in = parcel.read(Parcel.MANIFEST)) {
      text = in.readNBytes(BYTES_MAX + 1);
    }
    if (text.length > BYTES_MAX) {
      throw new Refused("The list of the export is too long.");
    }
    Bytes whole = Bytes.wrap(text);
    return new Found(parse(whole), Digests.sha256(whole).hex());
  }

  /**
   * Reads the text of the list.
   *
   * @throws Refused when it can't be read, or names what has no place in an export
   */
  static Manifest parse(Bytes text) throws Refused {
    try {
      JsonNode all = JSON.readTree(text.utf8());
      if (!all.path("format").asString("").equals(FORMAT)) {
        throw new Refused("This export has a form that this version of Skep does not know.");
      }
      return new Manifest(
          all.path("program").asString(""), all.path("made").asString(""), counts(all), files(all));
    } catch (JacksonException e) {
      throw new Refused("The list of the export can't be read.");
    }
  }

  private static Map<String, Long> counts(JsonNode all) {
    Map<String, Long> counts = new TreeMap<>();
    all.path("counts")
        .properties()
        .forEach(count -> counts.put(count.getKey(), count.getValue().asLong(0)));
    return counts;
  }

  /** How many things there are, as it says itself; for telling how far one is. */
  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<Parcel.Written> files(JsonNode all) throws Refused {
    List<Parcel.Written> files = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode file : all.path("files")) {
      String name = file.path("name").asString("");
      if (!Parcel.isName(name)) {
        throw new Refused("The list of the export names a file that has no place in one.");
      }
      if (!names.add(name)) {
        throw new Refused("The list of the export names a file twice.");
      }
      files.add(
          new Parcel.Written(
              name, file.path("bytes").asLong(-1), file.path("sha256").asString("")));
    }
    if (!names.contains(Parcel.PRIVATE)) {
      throw new Refused("The export holds nobody's keys.");
    }
    return files;
  }
}
