package org.skep.app.whole;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;

/** Files of entries in an export: what is read whole is written so that it is read the same. */
public final class ExportedTarget implements Target {
  @Override
  public String name() {
    return "exported";
  }

  @Override
  public List<Bytes> seeds() {
    return List.of(
        Bytes.ofUtf8("{\"key\":\"a\"}\n\"{\\n  \\\"key\\\": \\\"b\\\"}\"\n\"\\u00\n\n{\"c\":1}"),
        Bytes.ofHex("8241014101814100"),
        Bytes.ofHex("82581800"),
        Bytes.ofHex("825a7fffffff"));
  }

  @Override
  public void read(Bytes input) {
    for (EntryFormat format : EntryFormat.values()) {
      // What is no text is refused at the door, and so never written.
      List<Bytes> whole =
          whole(format, input).stream()
              .filter(entry -> format == EntryFormat.SEQUENCE || isText(entry))
              .toList();
      Must.equal(whole, whole(format, written(format, whole)), "entries come as they went");
    }
  }

  private static boolean isText(Bytes entry) {
    return Bytes.ofUtf8(entry.utf8()).equals(entry);
  }

  private static List<Bytes> whole(EntryFormat format, Bytes file) {
    List<Bytes> whole = new ArrayList<>();
    try (InputStream in = new ByteArrayInputStream(file.toArray())) {
      for (Optional<EntryFormat.Entry> entry = format.read(in);
          entry.isPresent();
          entry = format.read(in)) {
        switch (entry.get()) {
          case EntryFormat.Entry.Whole(Bytes bytes) -> whole.add(bytes);
          case EntryFormat.Entry.Damaged(String reason) ->
              Must.hold(!reason.isEmpty(), "a refusal has a reason");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return whole;
  }

  private static Bytes written(EntryFormat format, List<Bytes> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      for (Bytes entry : entries) {
        format.write(out, entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.wrap(out.toByteArray());
  }
}
