#version 330
// How everybody bears themselves in this frame: a row a person, a column each of what follows.
//   0 where the body faces, scale, mirror      5 sway per metre of height, hems' stir, kneeling
//   1 x y z, phase                             6 robe's colour, dirt
//   2 the neck's turn, look                    7 weeping, wonder, lids to be closed, tremble
//   3 the chest's turn, lift                   8 linen, age, woman, beard
//   4 the waist's turn, swelling               9 head's width and length, upper lid, drape
//                                             10 gaze in head space, share of a sob
#pragma include "lib/bearing.glsl"
out vec4 color;

const float GRIEF_SHUTS = 0.36, AWE_OPENS = 0.61;  // of the way from calm to closed lids
const float STRAY = 0.035;  // radians that eyes are off what they look at: two degrees

// 0 open to 1 shut: now and then a blink, at its own time; weeping presses the lids together.
float lids(Bearing b, float seed) {
    float every = 4.1 + 2.3 * own(seed, 7.0);
    float since = fract(S_breath / every + own(seed, 8.0)) * every;
    float shut = smoothstep(0.0, 0.09, since) * (1.0 - smoothstep(0.12, 0.34, since));
    return max(shut * (1.0 - S_held), 0.45 * b.burst);
}

void main() {
    int which = int(gl_FragCoord.x), who = int(gl_FragCoord.y);
    vec4 stand = texelFetch(u_people, ivec2(0, who), 0), self = texelFetch(u_people, ivec2(1, who), 0);
    vec4 robe = texelFetch(u_people, ivec2(2, who), 0), kind = texelFetch(u_people, ivec2(3, who), 0);
    vec4 size = texelFetch(u_people, ivec2(4, who), 0);
    int drape = int(robe.a + 0.5);
    Joints at = Joints(texelFetch(u_postures, ivec2(0, drape), 0).xyz, texelFetch(u_postures, ivec2(1, drape), 0).xyz,
                       texelFetch(u_postures, ivec2(2, drape), 0).xyz, texelFetch(u_postures, ivec2(3, drape), 0));
    Bearing b = bearing(stand, self, at);
    float t = S_breath, seed = self.z;

    float gust = 0.5 + 0.5 * sin(t * 0.29 - dot(stand.xy, vec2(0.11, 0.05)));
    vec2 sway = 0.009 * b.restless * vec2(sin(t * 0.41 + b.phase), 0.7 * sin(t * 0.33 + b.phase * 1.7));

    // Nobody weeps, wonders or opens their mouth as much as the next.
    float weeping = (1.0 - b.look) * (0.78 + 0.36 * own(seed, 9.0) + 0.25 * b.burst);
    float wonder = b.look * mix(0.75, 1.0, S_awe) * mix(0.42, 1.05, own(seed, 10.0));
    float closed = GRIEF_SHUTS * weeping - AWE_OPENS * wonder;
    float shut = lids(b, seed);
    shut += (1.0 - shut) * (1.0 - b.look) * 0.45 * smoothstep(0.80, 0.92, own(seed, 12.0));  // some weep with closed eyes
    float tremble = (1.0 - b.look) * (0.15 + b.burst) * b.restless;

    // Eyes hold on the orb to two degrees, and flit a little about it; in grief they are cast down.
    float beat = floor(t * 0.7 + seed * 9.0);
    vec2 flit = STRAY * vec2(sin(beat * 2.4 + seed * 40.0), 0.6 * sin(beat * 3.7 + seed * 23.0));
    vec2 lost = vec2(0.16 * (own(seed, 13.0) - 0.5), -0.20 - 0.26 * own(seed, 14.0));
    vec2 held = mix(lost + 1.4 * flit, b.aside + 0.7 * flit + vec2(0.0, 0.04), b.look);
    vec3 gaze = normalize(vec3(held.x, 1.0, held.y));

    if (which == 0) color = vec4(b.way, self.xy);
    else if (which == 1) color = vec4(stand.xyz, seed);
    else if (which == 2) color = vec4(rotation(b.pitch.x, b.yaw.x, b.roll), b.look);
    else if (which == 3) color = vec4(rotation(b.pitch.y, b.yaw.y, 0.0), 0.008 * b.sob);
    else if (which == 4) color = vec4(rotation(b.pitch.z, b.yaw.z, b.lean), 0.0045 * b.breath + 0.006 * b.gasp);
    else if (which == 5) color = vec4(sway * (1.0 - 0.6 * at.pose.z), b.restless * (0.006 + 0.022 * gust) + 0.02 * b.passing, at.pose.z);
    else if (which == 6) color = vec4(robe.rgb, self.w);
    else if (which == 7) color = vec4(weeping, wonder, shut * (1.0 - closed), tremble);
    else if (which == 8) color = kind;
    else if (which == 9) color = vec4(size.xy, mix(size.z, -0.44, closed + shut * (1.0 - closed)), robe.a);
    else color = vec4(gaze, b.burst);
}
