package model

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestLayout: a TCB and a Segment are nothing but their values, so
// that == compares, and hashing the memory hashes, all of it and no more.
func TestLayout(t *testing.T) {
	for _, typ := range []reflect.Type{reflect.TypeFor[TCB](), reflect.TypeFor[Segment]()} {
		assert.True(t, typ.Comparable(), typ)
		assert.Equal(t, typ.Size(), packed(t, typ), "%v has no padding", typ)
	}
}

// packed is the size of the values without padding; pointers are not allowed.
func packed(t *testing.T, typ reflect.Type) uintptr {
	t.Helper()
	switch typ.Kind() {
	case reflect.Struct:
		n := uintptr(0)
		for field := range typ.Fields() {
			n += packed(t, field.Type)
		}
		return n
	case reflect.Array:
		return uintptr(typ.Len()) * packed(t, typ.Elem())
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return typ.Size()
	}
	assert.Fail(t, "neither a number nor made of numbers", typ.String())
	return 0
}

func TestQuestionsToATCB(t *testing.T) {
	c := with(established(), unread(2))
	assert.EqualValues(t, 2, c.Unread())
	assert.True(t, c.Readable())
	c = closeWait()
	assert.Zero(t, c.Unread(), "a FIN is no octet")
	assert.True(t, c.Readable(), "but the end of the stream can be read")
	c.set(EOFTold)
	assert.False(t, c.Readable(), "once")
	c = established()
	assert.False(t, c.Readable())

	c = with(finQueued(), text(3, 1))
	assert.False(t, c.FINSent())
	assert.EqualValues(t, 2, c.Unsent())
	assert.EqualValues(t, 1, c.outstanding())
	c = finWait1()
	assert.True(t, c.FINSent() && !c.FINAcked())
	assert.Zero(t, c.Unsent())
	assert.Zero(t, c.outstanding())
	c = finWait2()
	assert.True(t, c.FINAcked())
	assert.Zero(t, c.outstanding())
	c = with(synReceived(), closed)
	assert.False(t, c.FINSent(), "the SYN is no FIN")
	assert.Zero(t, c.outstanding())
	c = with(established(), text(4, 4))
	for wnd, room := range map[uint32]uint32{0: 0, 3: 0, 4: 0, 5: 1, 9: 5} {
		c.SND.WND = wnd
		assert.Equal(t, room, c.room(), "a window of %d", wnd)
	}
	assert.True(t, c.Is(0))
	assert.False(t, (&TCB{Flags: Passive}).Is(Passive|ACKPending), "every flag")
	assert.EqualValues(t, 4, Range{301, 305}.Len())
}
