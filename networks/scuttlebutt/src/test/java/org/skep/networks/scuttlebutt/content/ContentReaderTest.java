package org.skep.networks.scuttlebutt.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** The shapes seen in the wild, and what is none. */
class ContentReaderTest {
  private static final String FEED = "@+oaWWDs8g73EZFUMfW37R/ULtFEjwKN/DczvdYihjbU=.ed25519";
  private static final String MESSAGE = "%g3hPVPDEO1Aj/uPl0+J2NlhFB2bbFLIHlty+YuqFZ3w=.sha256";
  private static final String OTHER = "%J9EdQmDUR9+p8SN250e3ZHOCvrBvOql9ilHUdm0rn6s=.sha256";
  private static final String BLOB = "&sbBmsB7XWvmIzkBzreYcuzPpLtpeCMDIs6n/OJGSC1U=.sha256";
  private static final MessageId MESSAGE_ID = MessageId.ofSigil(MESSAGE).orElseThrow();
  private static final MessageId OTHER_ID = MessageId.ofSigil(OTHER).orElseThrow();
  private static final FeedId FEED_ID = FeedId.ofSigil(FEED).orElseThrow();

  /** Reads a text with ' for " and the names FEED, MESSAGE, OTHER, BLOB put in. */
  private static Content read(String text) throws JsonException {
    String json =
        text.replace('\'', '"')
            .replace("FEED", FEED)
            .replace("MESSAGE", MESSAGE)
            .replace("OTHER", OTHER)
            .replace("BLOB", BLOB);
    return ContentReader.read((JsObject) JsonParser.parse(json, new JsonLimits(1_000_000, 16)));
  }

  private static Content.Post post(String fields) throws JsonException {
    return assertInstanceOf(Content.Post.class, read("{'type':'post','text':'hi'" + fields + "}"));
  }

  @Test
  void aFirstPostHasNothingButItsText() throws Exception {
    assertEquals(ContentWriterTest.plain("hi"), post(""));
  }

  @Test
  void aReplyNamesItsThread() throws Exception {
    Content.Post reply = post(",'root':'MESSAGE','branch':['OTHER','MESSAGE'],'fork':'OTHER'");
    assertEquals(Optional.of(MESSAGE_ID), reply.root());
    assertEquals(List.of(OTHER_ID, MESSAGE_ID), reply.branch());
    assertEquals(Optional.of(OTHER_ID), reply.fork());
  }

  @Test
  void aBranchMayBeOneText() throws Exception {
    assertEquals(List.of(OTHER_ID), post(",'root':'MESSAGE','branch':'OTHER'").branch());
  }

  @Test
  void aLinkMayBeAnObject() throws Exception {
    Content.Post reply = post(",'root':{'link':'MESSAGE'},'branch':[{'link':'OTHER'},'MESSAGE']");
    assertEquals(Optional.of(MESSAGE_ID), reply.root());
    assertEquals(List.of(OTHER_ID, MESSAGE_ID), reply.branch());
  }

  @Test
  void soundEntriesOfAListAreKept() throws Exception {
    assertEquals(
        List.of(OTHER_ID),
        post(",'branch':[null,1,'x','FEED',['MESSAGE'],{},{'link':1},'OTHER']").branch());
  }

  @Test
  void mentionsAreTextsOrObjects() throws Exception {
    assertEquals(
        List.of(
            new Content.Mention(FEED, Optional.empty()),
            new Content.Mention(FEED, Optional.of("ana")),
            new Content.Mention(BLOB, Optional.empty(), Optional.of("image/png"), Optional.of(1L)),
            new Content.Mention("#skep", Optional.empty())),
        post(",'mentions':['FEED',{'link':'FEED','name':'ana'},"
                + "{'link':'BLOB','name':5,'size':1,'type':'image/png'},{'link':'#skep'},"
                + "{'name':'nobody'},7,null,'']")
            .mentions());
    assertEquals(
        List.of(new Content.Mention(FEED, Optional.of("ana"))),
        post(",'mentions':{'link':'FEED','name':'ana'}").mentions());
  }

  @Test
  void recipientsAreTextsOrObjects() throws Exception {
    assertEquals(
        List.of(FEED, MESSAGE), post(",'recps':['FEED',{'link':'MESSAGE','name':'x'},3]").recps());
  }

  @Test
  void channelAndWarningAreTexts() throws Exception {
    Content.Post post = post(",'channel':'NewZealand','contentWarning':'spiders'");
    assertEquals(Optional.of("NewZealand"), post.channel());
    assertEquals(Optional.of("spiders"), post.contentWarning());
  }

  @Test
  void fieldsOfNoKnownShapeAreAbsent() throws Exception {
    assertEquals(
        ContentWriterTest.plain("hi"),
        post(
            ",'root':7,'branch':true,'fork':['x'],'mentions':'','recps':null,'channel':{},"
                + "'contentWarning':[]"));
  }

  @Test
  void aRootMayStandInAList() throws Exception {
    assertEquals(Optional.of(MESSAGE_ID), post(",'root':['MESSAGE','OTHER']").root());
    assertEquals(Optional.of(OTHER_ID), post(",'root':[null,'FEED',{'link':'OTHER'}]").root());
    assertEquals(Optional.of(MESSAGE_ID), post(",'fork':['MESSAGE']").fork());
    assertEquals(Optional.empty(), post(",'root':[]").root());
  }

  @Test
  void aWarningWithoutWordsIsOne() throws Exception {
    for (String warning : List.of("''", "true", "1", "['x']", "{'x':1}")) {
      assertEquals(Optional.of(""), post(",'contentWarning':" + warning).contentWarning(), warning);
    }
    for (String none : List.of("false", "null", "0", "[]", "{}")) {
      assertEquals(Optional.empty(), post(",'contentWarning':" + none).contentWarning(), none);
    }
    String words = "*spiders* & [snakes](x)";
    assertEquals(Optional.of(words), post(",'contentWarning':'" + words + "'").contentWarning());
    assertEquals(
        Optional.of("x".repeat(ContentReader.TEXT_CHARS_MAX)),
        post(",'contentWarning':'" + "x".repeat(9_000) + "'").contentWarning());
  }

  @Test
  void mentionsStandInManyShapes() throws Exception {
    Content.Mention ana = new Content.Mention(FEED, Optional.of("ana"));
    for (String shape :
        List.of(
            "[[{'link':'FEED','name':'ana'}]]",
            "{'0':{'link':'FEED','name':'ana'}}",
            "{'FEED':'ana'}",
            "{'FEED':{'name':'ana'}}",
            "{'ana':'FEED'}",
            "[{'ana':'FEED'}]",
            "[{'emoji':true,'name':'bee'},{'link':'FEED','name':'ana'}]")) {
      assertEquals(List.of(ana), post(",'mentions':" + shape).mentions(), shape);
    }
    assertEquals(
        List.of(new Content.Mention(FEED, Optional.empty())),
        post(",'mentions':{'0':'FEED'}").mentions());
    assertEquals(List.of(), post(",'mentions':[[[[['FEED']]]]]").mentions());
    assertEquals(List.of(), post(",'mentions':{'name':'nobody','x':{},'y':[7]}").mentions());
  }

  @Test
  void theKeyOfASealedBlobIsFoundBesideItsLink() throws Exception {
    Content.Mention sealed =
        new Content.Mention("BLOB?unbox=x=".replace("BLOB", BLOB), Optional.empty());
    assertEquals(List.of(sealed), post(",'mentions':[{'link':'BLOB?unbox=x='}]").mentions());
    assertEquals(
        List.of(sealed), post(",'mentions':[{'link':'BLOB','query':{'unbox':'x='}}]").mentions());
    assertEquals(BLOB, sealed.bare());
  }

  @Test
  void mentionsAreBounded() throws Exception {
    String many = "'FEED',".repeat(ContentReader.LIST_ITEMS_MAX + 5) + "'FEED'";
    String nested = "[" + ("[" + many + "],").repeat(20) + "[]]";
    assertEquals(ContentReader.LIST_ITEMS_MAX, post(",'mentions':" + nested).mentions().size());
  }

  @Test
  void aPostWithoutTextIsUnknown() throws Exception {
    assertEquals(new Content.Unknown("post"), read("{'type':'post'}"));
    assertEquals(new Content.Unknown("post"), read("{'type':'post','text':1}"));
    String tooLong = "x".repeat(ContentReader.TEXT_CHARS_MAX + 1);
    assertEquals(new Content.Unknown("post"), read("{'type':'post','text':'" + tooLong + "'}"));
  }

  @Test
  void listsAreBounded() throws Exception {
    String many = "'OTHER',".repeat(ContentReader.LIST_ITEMS_MAX + 5) + "'OTHER'";
    assertEquals(ContentReader.LIST_ITEMS_MAX, post(",'branch':[" + many + "]").branch().size());
  }

  @Test
  void aProfileIsRead() throws Exception {
    Content.Image image = new Content.Picture(BlobId.ofSigil(BLOB).orElseThrow());
    Content.About whole =
        new Content.About(FEED, Optional.of("Ana"), Optional.of(image), Optional.of("me"));
    assertEquals(
        whole,
        read("{'type':'about','about':'FEED','name':'Ana','image':'BLOB','description':'me'}"));
    assertEquals(
        whole,
        read(
            "{'type':'about','about':'FEED','name':'Ana','description':'me',"
                + "'image':{'link':'BLOB','size':9,'type':'image/png','width':1}}"));
    assertEquals(
        new Content.About(FEED, Optional.empty(), Optional.of(image), Optional.empty()),
        read("{'type':'about','about':'FEED','name':1,'image':'BLOB?unbox=x','description':{}}"));
  }

  @Test
  void aPictureIsTakenBackInEveryWayThatProgramsKnow() throws Exception {
    Content.About none =
        new Content.About(
            FEED, Optional.empty(), Optional.of(new Content.NoPicture()), Optional.empty());
    for (String image :
        List.of("''", "{'link':''}", "{'remove':true}", "{'link':'BLOB','remove':true}")) {
      assertEquals(none, read("{'type':'about','about':'FEED','image':" + image + "}"), image);
    }
  }

  @Test
  void whatIsNoPictureSaysNothingOfIt() throws Exception {
    Content.About silent =
        new Content.About(FEED, Optional.empty(), Optional.empty(), Optional.empty());
    for (String image :
        List.of("null", "7", "true", "[]", "['BLOB']", "'BLOB '", "'OTHER'", "{'remove':false}")) {
      assertEquals(silent, read("{'type':'about','about':'FEED','image':" + image + "}"), image);
    }
  }

  @Test
  void anAboutMayBeAboutAMessage() throws Exception {
    assertEquals(
        new Content.About(MESSAGE, Optional.empty(), Optional.empty(), Optional.empty()),
        read("{'type':'about','about':'MESSAGE','title':'picnic'}"));
    assertEquals(new Content.Unknown("about"), read("{'type':'about','name':'x'}"));
  }

  @Test
  void aContactIsRead() throws Exception {
    assertEquals(
        new Content.Contact(FEED_ID, Optional.of(true), Optional.empty()),
        read("{'type':'contact','contact':'FEED','following':true}"));
    assertEquals(
        new Content.Contact(FEED_ID, Optional.of(false), Optional.of(true)),
        read("{'type':'contact','contact':'FEED','following':false,'blocking':true}"));
    assertEquals(
        new Content.Contact(FEED_ID, Optional.empty(), Optional.empty()),
        read("{'type':'contact','contact':{'link':'FEED'},'following':1,'blocking':'x'}"));
    assertEquals(
        new Content.Contact(FEED_ID, Optional.of(true), Optional.of(true)),
        read("{'type':'contact','contact':'FEED','following':true,'flagged':{'reason':'spam'}}"));
    assertEquals(
        new Content.Contact(FEED_ID, Optional.empty(), Optional.of(false)),
        read("{'type':'contact','contact':'FEED','blocking':false,'flagged':false}"));
    assertEquals(new Content.Unknown("contact"), read("{'type':'contact','contact':'MESSAGE'}"));
  }

  @Test
  void aVoteIsRead() throws Exception {
    assertEquals(
        new Content.Vote(MESSAGE_ID, 1, Optional.of("Like")),
        read("{'type':'vote','vote':{'link':'MESSAGE','value':1,'expression':'Like'}}"));
    assertEquals(
        new Content.Vote(MESSAGE_ID, 0, Optional.empty()),
        read("{'type':'vote','vote':{'link':'MESSAGE','value':0,'expression':null}}"));
    assertEquals(
        new Content.Vote(MESSAGE_ID, -1, Optional.empty()),
        read("{'type':'vote','vote':{'link':'MESSAGE','value':-1e300}}"));
    for (String vote :
        List.of("1", "{}", "{'link':'MESSAGE'}", "{'link':'FEED','value':1}", "{'value':1}")) {
      assertEquals(new Content.Unknown("vote"), read("{'type':'vote','vote':" + vote + "}"));
    }
  }

  @Test
  void anythingElseIsUnknown() throws Exception {
    assertEquals(new Content.Unknown("gathering"), read("{'type':'gathering'}"));
    assertEquals(new Content.Unknown(""), read("{}"));
    assertEquals(new Content.Unknown(""), read("{'type':5}"));
  }
}
