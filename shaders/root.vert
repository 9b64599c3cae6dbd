#version 330
// A root of light: a band on the floor that grows from its crack, beats, and is never thinner than
// the picture can show; what is thinner is dimmer instead.
#pragma include "lib/roots.glsl"
#pragma include "lib/quiver.glsl"
#pragma include "lib/noise.glsl"
in vec4 p3d_Vertex;  // metres, on the floor
in vec3 p3d_Normal;  // the way that the band runs
in vec4 foot;        // where its light leaves the cracks, metres from there, own number
in vec2 band;        // -1..1 across, 0..1 how wide
out float v_across;
out vec3 v_shine;

const float SLOW = 5.0;       // times slower than the front along the cracks does a rootlet grow
const float OVER = 0.012;     // metres above the stone
const float SUNK = 0.030;     // metres below the face of the stone that those in wide cracks lie
const float TOWARDS = 0.035;  // metres nearer the eye than it is, or chips and tilts would cut it
const float SPREAD = 3.4;     // half widths of its core that the band reaches
const float HIGHEST = 0.0729; // the seed of the slab that is heaved most: see heaved
const vec2 HAIR = vec2(0.06, -0.89); // metres: where her hair lies, which nothing shines through
const vec2 HAIR_REACH = vec2(0.32, 0.62);
const float THINNEST = 0.60;  // pixels to each side of the middle

void main() {
    vec4 crack = textureLod(u_cracks, court_uv(foot.xy), 0.0);
    vec3 point = p3d_Vertex.xyz;
    // About the fallen one the stone is whole and level: there it lies close, below hair and cloth.
    float broken = smoothstep(0.9, 1.6, length(point.xy));
    bool strand = foot.z <= 0.0;
    float in_crack = strand ? broken * smoothstep(0.015, 0.06, crack.y) : 0.0;
    point.z += OVER * mix(0.25, 1.0, broken) * (1.0 - in_crack) - SUNK * in_crack + heaved(point, HIGHEST);
    float behind = root_front() - crack.z - SLOW * foot.z;
    float trunk = root_trunk(point.xy, crack.w), grown = smoothstep(0.0, 2.5, behind);
    float swells = 0.45 + 1.1 * textureLod(u_clouds, point.xy * 1.9, 0.0).x;
    float wide = band.y * (0.0011 + 0.011 * trunk * trunk) * grown * swells;
    vec3 side = vec3(-p3d_Normal.y, p3d_Normal.x, 0.0) * wide;
    vec3 nearer = point + normalize(eye() - point) * TOWARDS * mix(0.06, 1.0, broken) * (1.0 - 0.8 * in_crack);
    vec4 here = p3d_ViewProjectionMatrix * vec4(nearer, 1.0);
    vec4 beside = p3d_ViewProjectionMatrix * vec4(nearer + side, 1.0);
    vec2 pixels = (beside.xy / beside.w - here.xy / here.w) * u_size * 0.5;
    float seen = max(length(pixels), 1e-3), drawn = max(seen, THINNEST);
    here.xy += pixels / seen * drawn * SPREAD * band.x * 2.0 / u_size * here.w;
    gl_Position = behind <= 0.0 || here.w < 0.05 || S_roots <= 0.0 ? vec4(0.0, 0.0, 2.0, 1.0) : here;
    v_across = band.x * SPREAD;
    float young = exp(-behind * 0.35) * (0.35 + 0.65 * band.y);
    float strong = (0.26 + 2.5 * trunk * trunk + 0.5 * root_rest(point.xy)) * root_beat(crack.z + 3.0 * foot.z) + 2.2 * young;
    v_shine = root_hue(point.xy, behind, crack.w) * strong * mix(0.30, 1.0, broken) * seen / drawn;
    v_shine *= smoothstep(HAIR_REACH.x, HAIR_REACH.y, distance(point.xy, HAIR));
    v_shine *= S_roots * (1.0 - smoothstep(0.0, 0.25, S_dissolve)) * smoothstep(0.15, 0.5, here.w);
}
