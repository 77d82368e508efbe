"""Whether a face is another screen to a finger or a button, or the same one going on."""

from kiosk.faces import AskFace, BallotFace, Face, PotluckFace, SpeakFace, TryoutFace, VoteFace, WallFace


def what_it_is(face: Face) -> tuple[object, ...]:
    """What makes a face another screen to a finger: its kind, its title, whose turn it is, and what can be touched.

    Not what merely goes on: seconds, an amount, a text, a time of day.
    """
    if isinstance(face, WallFace):
        return (WallFace,)
    if isinstance(face, TryoutFace):
        return (TryoutFace,)
    things = [getattr(face, name, ()) for name in ("choices", "tiles", "extra", "lines", "rows", "needs", "offers")]
    keys = (tuple(each.key for each in some) for some in things)
    return (type(face), face.frame.title, whose_turn(face), *keys)


def whose_turn(face: Face) -> tuple[object, ...]:
    """Where the same touches are meant for somebody, or something, else."""
    match face:
        case SpeakFace():
            return (face.speaker,)
        case AskFace() | VoteFace():
            return (face.question,)
        case PotluckFace():
            return (face.head, face.at)
        case BallotFace():
            return (face.waiting, face.at, face.voted)
    return ()
