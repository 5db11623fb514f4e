package org.skep.networks.scuttlebutt.logfile;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.networks.scuttlebutt.message.MessageShape;
import org.skep.networks.scuttlebutt.message.MessageShape.Bare;
import org.skep.networks.scuttlebutt.message.MessageShape.Enveloped;
import org.skep.networks.scuttlebutt.message.MessageShape.Neither;

/**
 * Reads a file of messages one by one, without ever holding more than one of them. Of each the form
 * is checked, and that it is the one its envelope names; the signature is not. One thread.
 */
public final class MessageFile implements AutoCloseable {
  private final InputStream in;
  private final MessageTexts texts;

  /**
   * @param in the file; closed with this
   */
  public MessageFile(InputStream in) {
    this.in = in;
    this.texts = new MessageTexts(in);
  }

  /** What stands at one place of the file. */
  public sealed interface Item {}

  /**
   * A message whole in form.
   *
   * @param message its text stands on one line
   */
  public record Message(ClassicMessage message) implements Item {}

  /**
   * Something else.
   *
   * @param reason why it is no message, in plain words, without anything its writer chose
   */
  public record Refused(String reason) implements Item {}

  /** The next one; empty at the end of the file. */
  public Optional<Item> next() throws IOException {
    return texts.next().map(MessageFile::item);
  }

  private static Item item(MessageTexts.Cut cut) {
    return switch (cut) {
      case MessageTexts.Unusable(String reason) -> new Refused(reason);
      case MessageTexts.Text(Bytes text) ->
          switch (MessageShape.of(text)) {
            case Neither(String reason) -> new Refused(reason);
            case Bare bare -> message(bare.value(), Optional.empty());
            case Enveloped enveloped -> message(enveloped.value(), Optional.of(enveloped.key()));
          };
    };
  }

  private static Item message(Bytes value, Optional<MessageId> key) {
    return switch (ClassicCodec.parse(OneLine.of(value))) {
      case ClassicCodec.Refused(String reason) -> new Refused(reason);
      case ClassicCodec.Parsed(ClassicMessage message) ->
          key.filter(named -> !named.equals(message.id())).isPresent()
              ? new Refused("its key is the name of another message")
              : new Message(message);
    };
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
