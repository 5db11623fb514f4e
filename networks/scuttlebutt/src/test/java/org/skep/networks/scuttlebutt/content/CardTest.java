package org.skep.networks.scuttlebutt.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** Things of types that are not known, as programs write them, and what hides among their parts. */
class CardTest {
  private static final String FEED = "@+oaWWDs8g73EZFUMfW37R/ULtFEjwKN/DczvdYihjbU=.ed25519";
  private static final String MESSAGE = "%g3hPVPDEO1Aj/uPl0+J2NlhFB2bbFLIHlty+YuqFZ3w=.sha256";
  private static final String BLOB = "&sbBmsB7XWvmIzkBzreYcuzPpLtpeCMDIs6n/OJGSC1U=.sha256";

  private static Optional<Card> read(String text) {
    String json =
        text.replace('\'', '"')
            .replace("FEED", FEED)
            .replace("MESSAGE", MESSAGE)
            .replace("BLOB", BLOB);
    try {
      return Card.of((JsObject) JsonParser.parse(json, new JsonLimits(1_000_000, 16)));
    } catch (JsonException e) {
      throw new AssertionError(json, e);
    }
  }

  private static Card card(String text) {
    return read(text).orElseThrow();
  }

  private static String text(String parts) {
    return card("{'type':'thing'," + parts + "}").text();
  }

  @Test
  void aGatheringShowsWhatWhenAndWhere() {
    Card card =
        card(
            "{'type':'gathering','title':'Picnic','description':'Bring *bread*.\\n\\nAnd water.',"
                + "'startDateTime':{'epoch':1783845000000,'tz':'UTC'},'location':'the old mill',"
                + "'image':{'link':'BLOB','type':'image/png'},'progenitor':'MESSAGE','mentions':[]}");
    assertEquals("gathering", card.kind());
    assertEquals(
        """
        **Picnic**

        Bring \\*bread\\*.

        And water.

        - starts: 12 July 2026, 08:30 UTC
        - location: the old mill
        - progenitor: [a message](MESSAGE)\
        """
            .replace("MESSAGE", MESSAGE),
        card.text());
    assertEquals(1, card.blobs().size());
    assertEquals(Optional.of("image/png"), card.blobs().getFirst().mediaType());
    assertEquals("Picnic", card.blobs().getFirst().words());
  }

  @Test
  void anInvitationToAGameNamesWhoIsInvited() {
    Card card = card("{'type':'chess_invite','inviting':'FEED','myColor':'black'}");
    assertEquals("- inviting: [@](" + FEED + ")\n- my color: black", card.text());
    assertEquals(FEED, card.people().getFirst().link());
    assertEquals(1, card.people().size());
  }

  @Test
  void newsOfARepositoryShowsNoPackedThings() {
    Card card =
        card(
            "{'type':'git-update','repo':'MESSAGE','refs':{'refs/heads/master':"
                + "'6f5902ac237024bdd0c176cb93063dc4e0aa34ee'},'packs':[{'link':'BLOB'}],"
                + "'head':'6f5902ac237024bdd0c176cb93063dc4e0aa34ee','num_objects':3,"
                + "'commits':[{'sha1':'6f5902ac237024bdd0c176cb93063dc4e0aa34ee','title':'mend it'},"
                + "{'sha1':'7f5902ac237024bdd0c176cb93063dc4e0aa34ee','title':'begin'}]}");
    assertEquals(
        "- repo: [a message](" + MESSAGE + ")\n- num objects: 3\n- commits: mend it, begin",
        card.text());
    assertEquals(List.of(), card.blobs());
  }

  @Test
  void aBlogShowsItsSummaryAndItsTextIsAFile() {
    Card card =
        card(
            "{'type':'blog','title':'On bees','summary':'They hum.','channel':'Bees',"
                + "'thumbnail':'BLOB?x=1','blog':'BLOB','mentions':[{'link':'#honey'}]}");
    assertEquals("**On bees**\n\nThey hum.", card.text());
    assertEquals(List.of("bees", "honey"), card.tags());
    assertEquals(1, card.blobs().size());
    assertEquals(
        Optional.of("text/markdown"),
        card("{'type':'blog','blog':'BLOB'}").blobs().getFirst().mediaType());
  }

  @Test
  void aPollShowsItsChoices() {
    assertEquals(
        "**Tea?**\n\n- details: yes, no\n- closes: 12 July 2026, 08:30 UTC",
        text(
            "'title':'Tea?','details':{'type':'chooseOne','choices':['yes','no']},"
                + "'closesAt':'2026-07-12T08:30:00.000Z'"));
    assertEquals(
        "**Tea?**\n\n- options: a, b, c, d, e, f, …\n- multiple: no",
        text("'question':'Tea?','options':['a','b','c','d','e','f','g'],'multiple':false"));
  }

  @Test
  void whatIsNotReadIsPassedOver() {
    assertEquals(
        "",
        text(
            "'a':null,'b':{},'c':[],'d':{'x':{'y':'z'}},'e':'','f':[[1]],'g':'\u200b',"
                + "'root':'MESSAGE','branch':'MESSAGE','tangles':{},'recps':[],"
                + "'key':'6f5902ac237024bdd0c176cb93063dc4e0aa34ee','file':'BLOB'"));
    assertEquals("- a: " + "蜂".repeat(50), text("'a':'" + "蜂".repeat(50) + "'"));
    assertEquals("- b: 2", text("'6f5902ac237024bdd0c176cb93063dc4e0aa34ee':1,'b':2"));
  }

  @Test
  void timesAreTimesOnlyWhereTheyCanBe() {
    assertEquals("- date: 5", text("'date':5"));
    assertEquals("- date: 31 December 9999, 00:00 UTC", text("'date':253402214400000"));
    assertEquals("- date: 253402300800000", text("'date':253402300800000"));
    assertEquals("- date: soon", text("'date':'soon'"));
    assertEquals("- date: 1.0E300", text("'date':1e300"));
    assertEquals("- size: 1783845000000", text("'size':1783845000000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# heading",
        "- list",
        "+ list",
        "1. list",
        "===",
        "> quotation",
        "<b>html</b>",
        "[press](javascript:alert(1))",
        "`code`",
        "**bold** _and_ ~~more~~",
        "&amp; &#35;",
        "| a | table |"
      })
  void wordsStayWords(String words) {
    String shown = text("'description':'" + words + "'");
    assertFalse(shown.matches("(?s)[#>+=-].*|[0-9]+[.)].*"), shown);
    assertFalse(shown.matches("(?s).*(?<!\\\\)[`*_<&#|~!].*"), shown);
  }

  @Test
  void noPartCanPretendToBeAnother() {
    assertEquals("- a: x - b: y", text("'a':'x\\n- b: y'"));
    assertEquals("**x \\*\\* y**", text("'title':'x\\n\\n** y'"));
    assertEquals("- a\\*\\*: y", text("'a**':'y'"));
    assertEquals("- a: 1", text("'a':'\u202e1'"));
  }

  @Test
  void linksLeadToPeopleMessagesAndTheWeb() {
    assertEquals(
        "[Ana \\*](FEED), [this](MESSAGE), [a message](MESSAGE), words, press, [site](<https://x.example/a_b>), https://x.example/a\\_b"
            .replace("FEED", FEED)
            .replace("MESSAGE", MESSAGE),
        text(
            "'text':'![Ana *](FEED), [this](MESSAGE), MESSAGE, ![words](BLOB), [press](javascript:x),"
                + " [site](https://x.example/a_b), https://x.example/a_b'"));
  }

  @Test
  void everythingIsBounded() {
    String words = "long ".repeat(1_000);
    assertTrue(text("'title':'" + words + "'").length() <= 210);
    assertTrue(text("'text':'" + words + "'").endsWith("long…"));
    assertTrue(text("'text':'" + words + "'").length() <= 1_510);
    assertTrue(text("'x':'" + words + "'").length() <= 210);
    assertTrue(text("'text':'" + "a\\n\\n".repeat(500) + "'").endsWith("a\n\n…"));
    StringBuilder many = new StringBuilder("'z':1");
    for (int i = 0; i < 100; i++) {
      many.append(",'k").append(i).append("':1");
    }
    assertEquals(10, text(many.toString()).lines().count());
    assertEquals("- a: " + "👍".repeat(100) + "…", text("'a':'" + "👍".repeat(150) + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "post",
        "about",
        "contact",
        "vote",
        "channel",
        "pub",
        "private",
        "private/thing",
        "metafeed/announce",
        "group/init",
        "room/alias",
        "\u200b\u202e\u0000",
        ""
      })
  void plumbingGivesNone(String type) {
    String shown = type.replace("\0", "\\u0000");
    assertEquals(Optional.empty(), read("{'type':'" + shown + "','title':'x'}"));
  }

  @Test
  void whatNamesItsReadersIsNotShown() {
    assertEquals(Optional.empty(), read("{'type':'gathering','title':'x','recps':['FEED']}"));
    assertEquals(Optional.empty(), read("{'type':'gathering','recps':{'link':'FEED'}}"));
    assertEquals(Optional.empty(), read("{'title':'x'}"));
  }

  @Test
  void aKindIsOneLine() {
    assertEquals("a b", card("{'type':'a\\n\\u202e b\\u200b'}").kind());
  }

  @Test
  void aCardHasItsThreadItsTagsAndItsWarning() {
    Card card =
        card(
            "{'type':'chess_move','root':'MESSAGE','branch':'MESSAGE','contentWarning':'loud',"
                + "'tags':['Chess',7,'#Night'],'channel':'games'}");
    assertEquals(MESSAGE, card.root().orElseThrow().toString());
    assertEquals(1, card.branch().size());
    assertEquals(Optional.of("loud"), card.contentWarning());
    assertEquals(List.of("games", "chess", "night"), card.tags());
  }
}
