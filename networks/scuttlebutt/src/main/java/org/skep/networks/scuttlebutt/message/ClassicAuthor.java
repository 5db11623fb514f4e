package org.skep.networks.scuttlebutt.message;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.V8Writer;

/**
 * Writes messages. Whatever another program would refuse is refused here before anything is signed:
 * a bad message in one's own feed could never be taken back. Any thread.
 */
public final class ClassicAuthor {
  private static final Bytes NO_SIGNATURE = Bytes.wrap(new byte[Ed25519.SIGNATURE_BYTES]);

  private final FeedId author;
  private final UnaryOperator<Bytes> signer;
  private final SignCap signCap;

  /**
   * @param signer gives the 64-byte Ed25519 signature of {@code author}'s key over the bytes handed
   *     to it
   * @param signCap the network's, {@link SignCap#NONE} on the main network
   */
  public ClassicAuthor(FeedId author, UnaryOperator<Bytes> signer, SignCap signCap) {
    this.author = author;
    this.signer = signer;
    this.signCap = signCap;
  }

  /**
   * Writes the next message of the feed, in the compact V8 text in which JavaScript programs send
   * messages.
   *
   * @param state how far the own feed goes
   * @param timestampMillis milliseconds since 1970
   * @param content an object with a type, or the text of a private content ({@code ….box})
   * @return the message, or why other programs would refuse it
   * @throws IllegalStateException when the signer gives something other than the author's signature
   */
  public ClassicCodec.Result write(FeedState state, double timestampMillis, JsValue content) {
    if (!Double.isFinite(timestampMillis) || !ClassicCodec.isFinite(content)) {
      return new ClassicCodec.Refused("a message holds finite numbers only");
    }
    if (content instanceof JsString(String sealed)
        && !sealed.endsWith(".box")
        && !sealed.endsWith(".box2")) {
      return new ClassicCodec.Refused("a private content ends with .box or .box2");
    }
    JsObject unsigned = unsigned(state, timestampMillis, content);
    return switch (read(unsigned, NO_SIGNATURE)) {
      case ClassicCodec.Refused refused -> refused;
      case ClassicCodec.Parsed(ClassicMessage draft) ->
          signed(unsigned, signer.apply(signCap.toSign(draft.signedText())));
    };
  }

  private JsObject unsigned(FeedState state, double timestampMillis, JsValue content) {
    SequencedMap<String, JsValue> fields = new LinkedHashMap<>();
    switch (state) {
      case FeedState.Empty _ -> {
        fields.put("previous", JsNull.NULL);
        fields.put("sequence", new JsNumber(1));
      }
      case FeedState.Head head -> {
        fields.put("previous", new JsString(head.id().toString()));
        fields.put("sequence", new JsNumber(head.sequence() + 1));
      }
    }
    fields.put("author", new JsString(author.toString()));
    fields.put("timestamp", new JsNumber(timestampMillis));
    fields.put("hash", new JsString("sha256"));
    fields.put("content", content);
    return new JsObject(fields);
  }

  private ClassicCodec.Result signed(JsObject unsigned, Bytes signature) {
    ClassicCodec.Result result = read(unsigned, signature);
    if (result instanceof ClassicCodec.Parsed(ClassicMessage message)
        && new ClassicValidator(signCap).check(message) instanceof ClassicValidator.Valid) {
      return result;
    }
    throw new IllegalStateException("the signer did not sign with the key of " + author);
  }

  private static ClassicCodec.Result read(JsObject unsigned, Bytes signature) {
    JsObject whole = unsigned.with("signature", signature.base64() + ClassicCodec.SIGNATURE_SUFFIX);
    return ClassicCodec.parse(Bytes.ofUtf8(V8Writer.stringify(whole)));
  }
}
