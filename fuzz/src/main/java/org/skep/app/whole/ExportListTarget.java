package org.skep.app.whole;

import java.util.List;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;

/** The list of an export: no name in it leads out of the folder, and none stands there twice. */
public final class ExportListTarget implements Target {
  @Override
  public String name() {
    return "exportlist";
  }

  @Override
  public List<Bytes> seeds() {
    String files =
        "{\"name\":\"private.age\",\"bytes\":12,\"sha256\":\"%s\"}".formatted("0".repeat(64));
    return List.of(
            list(files),
            list(files + ",{\"name\":\"facts/ssb.jsonl\",\"bytes\":1,\"sha256\":\"\"}"),
            list(files + ",{\"name\":\"blobs/../../x\",\"bytes\":-1}"),
            list(files + "," + files),
            "{\"format\":\"skep-export-2\"}")
        .stream()
        .map(Bytes::ofUtf8)
        .toList();
  }

  private static String list(String files) {
    return "{\"format\":\"skep-export-1\",\"program\":\"0.1\",\"made\":\"2026-01-01T00:00:00Z\","
        + "\"counts\":{\"facts\":3},\"files\":["
        + files
        + "]}";
  }

  @Override
  public void read(Bytes input) {
    try {
      Manifest manifest = Manifest.parse(input);
      long names = manifest.files().stream().map(Parcel.Written::name).distinct().count();
      Must.equal(names, (long) manifest.files().size(), "no name stands there twice");
      for (Parcel.Written file : manifest.files()) {
        Must.hold(
            !file.name().startsWith("/") && !file.name().contains("..") && !file.name().isEmpty(),
            "no name leads out of the folder");
      }
    } catch (Refused refused) {
      Must.hold(!String.valueOf(refused.getMessage()).isEmpty(), "a refusal has a reason");
    }
  }
}
