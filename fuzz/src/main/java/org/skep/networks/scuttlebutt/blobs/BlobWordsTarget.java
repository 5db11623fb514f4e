package org.skep.networks.scuttlebutt.blobs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.skep.fuzz.Must;
import org.skep.fuzz.Recordings;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.Utf8;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcName;
import org.skep.networks.scuttlebutt.rpc.RpcRequest;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** What peers say of blobs: which are wanted and had, and which part of one is asked for. */
public final class BlobWordsTarget implements Target {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 16, 64);
  private static final Hash OURS = new Hash(Bytes.ofHex("00".repeat(32)));

  @Override
  public String name() {
    return "blobs";
  }

  @Override
  public List<Bytes> seeds() {
    BlobId blob = new BlobId(OURS);
    List<String> made =
        List.of(
            "\"%s\"".formatted(blob),
            "{\"%s\":-1}".formatted(blob),
            "{\"%s\":3000000}".formatted(blob),
            "{\"%s\":1e999}".formatted(blob),
            "{\"id\":\"%s\",\"size\":3,\"max\":1e9}".formatted(blob),
            "{\"hash\":\"%s\",\"start\":1e300,\"end\":1e301,\"size\":null}".formatted(blob));
    return Stream.concat(made.stream().map(Bytes::ofUtf8), Recordings.bodies().stream()).toList();
  }

  @Override
  public void read(Bytes input) {
    Utf8.decode(input).flatMap(BlobWordsTarget::parsed).ifPresent(BlobWordsTarget::read);
  }

  private static void read(JsValue value) {
    RpcRequest request = new RpcRequest(RpcName.of("blobs.get"), Optional.empty(), List.of(value));
    try {
      BlobRequest.parse(request).checkLength(3);
    } catch (RpcException refused) {
      Must.hold(refused.getMessage() != null, "a refusal has a reason");
    }
    try {
      BlobRequest part = BlobRequest.parsePart(request);
      Must.hold(part.start() >= 0 && part.end().orElseThrow() >= part.start(), "a part is a part");
    } catch (RpcException refused) {
      Must.hold(refused.getMessage() != null, "a refusal has a reason");
    }
    if (value instanceof JsObject packet) {
      hear(packet);
    }
  }

  private static void hear(JsObject packet) {
    BlobWants wants = new BlobWants();
    wants.want(List.of(OURS));
    BlobWants.Heard heard = wants.hear(packet);
    Must.hold(heard.wanted().size() <= packet.members().size(), "no more is wanted than was said");
    Must.hold(heard.wanted().stream().allMatch(wants::isWantedThere), "what is wanted is known");
    wants
        .nextOffered()
        .ifPresent(offer -> {
          Must.equal(OURS, offer.getKey(), "only what we want is offered");
          Must.hold(
              offer.getValue() > 0 && offer.getValue() <= BlobShelf.BLOB_BYTES_MAX,
              "a length is one that may be");
        });
    Must.equal(
        heard.wanted(),
        new BlobWants().hear(BlobWants.wanted(heard.wanted())).wanted(),
        "wants are read as they are written");
    Must.hold(Set.of(0, 1).contains(heard.offers()), "of one blob there is one offer");
  }

  private static Optional<JsValue> parsed(String text) {
    try {
      return Optional.of(JsonParser.parse(text, LIMITS));
    } catch (JsonException refused) {
      return Optional.empty();
    }
  }
}
