package org.skep.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.logfile.MessageFile;
import org.skep.networks.scuttlebutt.message.ClassicMessage;

/** Files of messages, as lines or as a list: what is read stands on one line and is read again. */
final class MessageFileTarget implements Target {
  @Override
  public String name() {
    return "files";
  }

  @Override
  public List<Bytes> seeds() {
    List<String> texts =
        Recordings.messages().stream().map(message -> message.text().utf8()).limit(3).toList();
    return List.of(
        Bytes.ofUtf8(String.join("\n", texts) + "\n"),
        Bytes.ofUtf8("\ufeff[\n" + String.join(",\r\n", texts) + "\n]\n"),
        Bytes.ofUtf8("[" + texts.getFirst() + ",{\"a\":"),
        Bytes.ofUtf8(texts.getFirst() + "}\n\"{\\\"\n" + texts.getLast()));
  }

  @Override
  public void read(Bytes input) {
    List<ClassicMessage> messages = messages(input);
    Must.hold(
        messages.stream().allMatch(message -> message.text().utf8().indexOf('\n') < 0),
        "a message stands on one line");
    Bytes written =
        Bytes.ofUtf8(
            messages.stream()
                .map(message -> message.text().utf8() + "\n")
                .collect(Collectors.joining()));
    Must.equal(messages, messages(written), "what was read is read again");
  }

  private static List<ClassicMessage> messages(Bytes input) {
    List<ClassicMessage> messages = new ArrayList<>();
    try (MessageFile file = new MessageFile(new ByteArrayInputStream(input.toArray()))) {
      Optional<MessageFile.Item> item = file.next();
      while (item.isPresent()) {
        switch (item.get()) {
          case MessageFile.Message(ClassicMessage message) -> messages.add(message);
          case MessageFile.Refused(String reason) ->
              Must.hold(!reason.isEmpty(), "a refusal has a reason");
        }
        item = file.next();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }
}
