package org.skep.networks.scuttlebutt.message;

import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.RawItem;
import org.skep.wire.json.JsValue;

/**
 * A classic message that is whole in form. Whether its signature holds and where it stands in its
 * feed is the {@link ClassicValidator}'s word. Made by {@link ClassicCodec} alone, so that all
 * other components follow from {@code text}.
 *
 * <p>The id does not bind the text: it is a hash over the low byte of each UTF-16 code unit, so
 * that {@code é} (U+00E9) and {@code ǩ} (U+01E9) give one id. A stranger's change fails the
 * signature; so nothing may be concluded from an id, not even that a message is bad or known
 * already, before the signature is checked or the text compared. An author can sign two texts under
 * one id.
 *
 * @param id the hash of the whole, as all Scuttlebutt programs compute it
 * @param author who claims to have signed it
 * @param sequence its place in the feed, 1 to 2^31 - 1
 * @param previous the message before it; empty exactly when {@code sequence} is 1
 * @param timestampMillis what the author's clock claimed, milliseconds since 1970: any finite
 *     number, fractions and steps backwards included
 * @param content an object with a {@code type} of 3 to 52 characters, or a private text ({@code
 *     ….box})
 * @param signature 64 bytes
 * @param signedText what the signature is over before any {@link SignCap}: the V8 text of
 *     everything but the signature, in UTF-8
 * @param text the message as it arrived, in UTF-8: the form to keep and to pass on
 */
public record ClassicMessage(
    MessageId id,
    FeedId author,
    long sequence,
    Optional<MessageId> previous,
    double timestampMillis,
    JsValue content,
    Bytes signature,
    Bytes signedText,
    Bytes text)
    implements RawItem.Reading {}
