package org.skep.networks.scuttlebutt.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.json.V8Writer;

class ContentWriterTest {
  private static final String FEED = "@+oaWWDs8g73EZFUMfW37R/ULtFEjwKN/DczvdYihjbU=.ed25519";
  private static final String MESSAGE = "%g3hPVPDEO1Aj/uPl0+J2NlhFB2bbFLIHlty+YuqFZ3w=.sha256";
  private static final String BLOB = "&sbBmsB7XWvmIzkBzreYcuzPpLtpeCMDIs6n/OJGSC1U=.sha256";
  private static final MessageId MESSAGE_ID = MessageId.ofSigil(MESSAGE).orElseThrow();

  /** A post with nothing but its text. */
  static Content.Post plain(String text) {
    return new Content.Post(
        text,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static void assertWritten(String expected, Content content) {
    assertEquals(expected.replace('\'', '"'), V8Writer.stringify(ContentWriter.write(content)));
  }

  @Test
  void whatIsEmptyIsLeftOut() {
    assertWritten("{'type':'post','text':'hi'}", plain("hi"));
  }

  @Test
  void aBranchIsAlwaysAList() {
    assertWritten(
        "{'type':'post','text':'hi','root':'M','branch':['M'],'mentions':[{'link':'F','name':'ana'}],'recps':['F']}"
            .replace("'M'", "'" + MESSAGE + "'")
            .replace("'F'", "'" + FEED + "'"),
        new Content.Post(
            "hi",
            Optional.of(MESSAGE_ID),
            List.of(MESSAGE_ID),
            Optional.empty(),
            List.of(new Content.Mention(FEED, Optional.of("ana"))),
            List.of(FEED),
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  void profilesFollowsAndVotesAreWritten() {
    assertWritten(
        "{'type':'about','about':'" + FEED + "','name':'Ana'}",
        new Content.About(FEED, Optional.of("Ana"), Optional.empty(), Optional.empty()));
    assertWritten(
        "{'type':'about','about':'" + FEED + "','image':'" + BLOB + "'}",
        about(new Content.Picture(BlobId.ofSigil(BLOB).orElseThrow())));
    assertWritten(
        "{'type':'about','about':'" + FEED + "','image':{'link':'','remove':true}}",
        about(new Content.NoPicture()));
    assertWritten(
        "{'type':'contact','contact':'" + FEED + "','following':false,'blocking':true}",
        new Content.Contact(
            FeedId.ofSigil(FEED).orElseThrow(), Optional.of(false), Optional.of(true)));
    assertWritten(
        "{'type':'vote','vote':{'link':'" + MESSAGE + "','value':1,'expression':'Like'}}",
        new Content.Vote(MESSAGE_ID, 1, Optional.of("Like")));
  }

  private static Content about(Content.Image image) {
    return new Content.About(FEED, Optional.empty(), Optional.of(image), Optional.empty());
  }

  @Test
  void whatIsNotKnownCannotBeWritten() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ContentWriter.write(new Content.Unknown("gathering")));
  }
}
